"""What torch's Adadelta does not have: one module an option, which the core asks at a few points."""
