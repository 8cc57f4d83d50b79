"""The CPU that the tests of a process compile for: this one, or an older compatible one."""

import os

from adadelta_gen.native import machine

NAME, FEATURES = "KERNEL_TESTS_CPU", "KERNEL_TESTS_CPU_FEATURES"


def choose() -> None:
    """Use the CPU named in the environment."""
    if NAME in os.environ:
        triple = machine.host().triple
        chosen = machine.Cpu(triple, os.environ[NAME], os.environ[FEATURES])
        machine.host = lambda: chosen
