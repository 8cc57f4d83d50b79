"""Code shared by both targets: layout of the tables, the native step, compilation and loading."""
