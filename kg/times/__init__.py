"""Times: dates, periods, clock times, durations and sets, resolved against the publication time."""

from __future__ import annotations

from kg.times.finder import find_times

__all__ = ["find_times"]
