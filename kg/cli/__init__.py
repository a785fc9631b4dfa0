"""The command line: ``kg build seeds/ --out output/``."""

from kg.cli.app import main

__all__ = ["main"]
