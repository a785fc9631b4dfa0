"""Analysis: from characters to sentences, morphemes, eojeols and their heads."""

from kg.analyze.documents import analyze_article, analyze_line, parse_line
from kg.analyze.eojeols import find_eojeols
from kg.analyze.morphemes import find_tokens, load_kiwi

__all__ = ["analyze_article", "analyze_line", "find_eojeols", "find_tokens", "load_kiwi", "parse_line"]
