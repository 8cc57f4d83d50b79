"""What Python processes import that a program starts; the folder is on their ``sys.path``."""
