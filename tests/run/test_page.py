"""docs/run.md lists the options and the limits of `run`."""

import re
from pathlib import Path

import torch

from adadelta_gen.run.check import LIMITS
from adadelta_gen.run.main import _parser

PAGE = (Path(__file__).parents[2] / "docs" / "run.md").read_text(encoding="utf-8")


def test_every_option_is_explained():
    (table,) = re.findall(r"\| option \|.*?\n\n", PAGE, re.DOTALL)
    explained = set(re.findall(r"--[a-z][a-z-]+", table))
    options = {name for option in _parser().option_list for name in option._long_opts}
    assert explained == options - {"--help"}


def test_the_limits_are_those_of_check():
    rows = re.findall(r"^\| (float\S+, \S+) \| (\d+) ulp \| (\d+) ulp \| (\d+) ulp", PAGE, re.M)
    told = {
        getattr(torch, dtype): [float(limit) for limit in limits]
        for dtypes, *limits in rows
        for dtype in dtypes.split(", ")
    }
    assert told == {dtype: [*limits.values()] for dtype, limits in LIMITS.items()}
