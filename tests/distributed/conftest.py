import pytest
import torch

from distributed.ranks import Ranks

if not torch.distributed.is_available():
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture(scope="session")
def ranks():
    pool = Ranks(4)
    yield pool
    pool.stop()
