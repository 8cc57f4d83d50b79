"""What stands below both targets: the tables' layout, the native step, and how code is made."""
