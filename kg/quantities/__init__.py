"""Quantities: money, shares, counts, measures, ranks, ages, multiples and scores, as exact decimals with a unit."""

from __future__ import annotations

from kg.quantities.finder import find_quantities

__all__ = ["find_quantities"]
