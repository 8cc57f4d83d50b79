"""This folder is on ``sys.path`` of the Python processes that a program starts."""
