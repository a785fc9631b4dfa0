"""Clauses: who does what to whom, how surely, and in whose words."""

from kg.clauses.finding import find_clauses

__all__ = ["find_clauses"]
