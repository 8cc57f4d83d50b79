"""Tests that our Adadelta behaves like torch.optim.Adadelta in every observable way."""
