"""Trained parameters: arrays kept as .npz files in ``kg/resources/weights``, each read once and only when asked for."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.errors import AnalysisError
from kg.tables.folders import resource_folder

Array = npt.NDArray[Any]
_EPOCH = (1980, 1, 1, 0, 0, 0)


def weights_folder() -> Path:
    """The folder of the trained parameters and their cards."""
    return resource_folder() / "weights"


@lru_cache(maxsize=16)
def load_arrays(name: str) -> Mapping[str, Array]:
    """The arrays of ``name``.npz by their names, read once: ``load_arrays("parser")["linear"]``.

    Raises AnalysisError when the file is missing or damaged.
    """
    path = weights_folder() / f"{name}.npz"
    try:
        with np.load(path, allow_pickle=False) as stored:
            return MappingProxyType({key: stored[key] for key in stored.files})
    except (OSError, ValueError, EOFError, zipfile.BadZipFile) as error:
        raise AnalysisError(
            f"The trained weights {name}.npz do not load ({type(error).__name__}): reinstall the package or train them again."
        ) from error


def load_array(name: str, key: str) -> Array:
    """One array of ``name``.npz."""
    arrays = load_arrays(name)
    if key not in arrays:
        raise AnalysisError(f"The trained weights {name}.npz lack {key!r}: reinstall the package or train them again.")
    return arrays[key]


def write_arrays(path: Path, arrays: Mapping[str, Array]) -> None:
    """Write arrays as .npz, byte for byte the same for the same arrays (NumPy's own writer stamps the time)."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for key in sorted(arrays):
            entry = zipfile.ZipInfo(f"{key}.npy", _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w", force_zip64=True) as file:
                np.lib.format.write_array(file, np.ascontiguousarray(arrays[key]), allow_pickle=False)
