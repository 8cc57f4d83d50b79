"""One step: choice of the update of each parameter, tables for native code, the native call."""
