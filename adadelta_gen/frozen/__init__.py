"""Support for tools that freeze programs."""

from pathlib import Path


def hook_dirs() -> list[str]:
    """Return the folder of the PyInstaller hook; PyInstaller calls this through an entry point."""
    return [str(Path(__file__).parent)]
