"""One step: what updates each parameter, the tables that native code reads, and the call itself."""
