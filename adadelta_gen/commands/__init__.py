"""The command line. Commands import what they need, so that ``--help`` waits for nothing."""
