"""What torch's Adadelta does not have: float32 states, stochastic rounding, guards, scaling."""
