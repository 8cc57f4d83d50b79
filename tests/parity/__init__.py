"""Tests that ours is torch.optim.Adadelta in every observable way."""
