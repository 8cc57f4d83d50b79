"""What torch's Adadelta does not have: one module an option, asked at a few points of a step."""
