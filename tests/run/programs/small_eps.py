"""With an eps below 2**-123, which docs/differences.md has as a difference from torch's step."""

import torch

param = torch.nn.Parameter(torch.full((5,), 1e-19))
optimizer = torch.optim.Adadelta([param], eps=1e-40)
param.grad = torch.full((5,), 123.4567)
optimizer.step()
