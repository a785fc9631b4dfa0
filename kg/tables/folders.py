"""Where the data that ships with the package lies: in a checkout beside ``kg/``, in an installed wheel inside it."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def resource_folder() -> Path:
    """The folder of rules, gazetteers, weights and page templates."""
    return PACKAGE / "resources"


def ontology_folder() -> Path:
    """The folder of the ontology: ``ontology/`` of the checkout, or the copy that the wheel carries."""
    carried = PACKAGE / "ontology"
    return carried if carried.is_dir() else PACKAGE.parent / "ontology"
