"""What makers of frozen programs have to know of this package."""

from pathlib import Path


def hook_dirs() -> list[str]:
    """Return where PyInstaller finds the hook of this package; it asks by an entry point."""
    return [str(Path(__file__).parent)]
