"""Read a distributed checkpoint without running code that its files contain.

torch reads ``.metadata`` with ``pickle``, and numbers by ``torch.load(weights_only=False)``. Both
call functions that the file names.
"""

import io
import pickle
from pathlib import Path
from typing import Any

import torch
from torch.distributed.checkpoint.default_planner import DefaultLoadPlanner
from torch.distributed.checkpoint.filesystem import FileSystemReader
from torch.distributed.checkpoint.metadata import Metadata, StorageMeta
from torch.distributed.checkpoint.planner import ReadItem

# What torch writes into .metadata, apart from dtypes.
_PATHS = {"PosixPath", "WindowsPath"}
_NAMES = {
    "pathlib": _PATHS,
    "pathlib._local": _PATHS,  # Python 3.13
    "torch": {"Size"},
    "torch.distributed.checkpoint.filesystem": {"_StorageInfo"},
    "torch.distributed.checkpoint.metadata": {
        "_MEM_FORMAT_ENCODING",
        "BytesStorageMetadata",
        "ChunkStorageMetadata",
        "Metadata",
        "MetadataIndex",
        "StorageMeta",
        "TensorProperties",
        "TensorStorageMetadata",
    },
    "torch.serialization": {"_get_layout"},
}


class Reader(FileSystemReader):
    """Reads the files of a checkpoint; tensors by torch, which uses ``weights_only=True``."""

    def read_metadata(self) -> Metadata:  # type: ignore[override]
        """Read ``.metadata``.

        Raises:
            pickle.UnpicklingError: it contains something that torch does not write there.
        """
        with Path(self.path, ".metadata").open("rb") as file:
            found = _Unpickler(file).load()
        if not isinstance(found, Metadata):
            raise pickle.UnpicklingError(f".metadata contains {type(found).__name__}")
        found.storage_meta = found.storage_meta or StorageMeta()
        return found


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        is_dtype = module == "torch" and isinstance(getattr(torch, name, None), torch.dtype)
        if not is_dtype and name not in _NAMES.get(module, ()):
            raise pickle.UnpicklingError(
                f".metadata names {module}.{name}, which torch does not write there"
            )
        return super().find_class(module, name)


class Planner(DefaultLoadPlanner):
    """Loads into a state_dict; numbers with ``weights_only=True``."""

    def load_bytes(self, read_item: ReadItem, value: io.BytesIO) -> None:
        """Load a number.

        Raises:
            pickle.UnpicklingError: it is an object of another kind.
        """
        name = read_item.dest_index.fqn
        try:
            number = torch.load(value, weights_only=True)
        except pickle.UnpicklingError:
            raise pickle.UnpicklingError(
                f"{name} is an object that torch.load(weights_only=True) refuses"
            ) from None
        own = io.BytesIO()  # torch loads it with weights_only=False
        torch.save(number, own)
        own.seek(0)
        super().load_bytes(read_item, own)
