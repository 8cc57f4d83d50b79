"""The CPU that the tests of a process compile for: this one, or a lesser one that this is too."""

import os

from adadelta_gen.native import machine

NAME, FEATURES = "KERNEL_TESTS_CPU", "KERNEL_TESTS_CPU_FEATURES"


def choose() -> None:
    """Take the CPU that the environment names."""
    if NAME in os.environ:
        triple = machine.host().triple
        chosen = machine.Cpu(triple, os.environ[NAME], os.environ[FEATURES])
        machine.host = lambda: chosen
