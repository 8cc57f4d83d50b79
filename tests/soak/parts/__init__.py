"""Parts of ``make soak``: modules with ``SHARE`` and ``case(seed)``; see ``soak.worker``."""
