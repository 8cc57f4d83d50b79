import pytest


@pytest.fixture(autouse=True)
def _as_before(one_thread):
    """The programs compute on one thread; restore the number afterwards."""
