"""Judge whether tests notice changes of the package: ``python -m mutation`` (``make mutants``)."""
