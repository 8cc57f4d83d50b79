"""What the registry asks of a target."""

from adadelta_gen.cpu import native
from adadelta_gen.cpu.launch import Kernel
from adadelta_gen.spec import KernelSpec


def kernel(spec: KernelSpec, source: str) -> Kernel:
    """Return a kernel ready to run; compile it if this machine has not done so yet.

    Args:
        spec: the variant.
        source: the text of its generated module.
    """
    return Kernel(native.kernel(spec, source))
