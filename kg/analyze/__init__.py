"""Analysis: from characters to sentences, morphemes, eojeols and their heads."""

from kg.analyze.documents import analyze_article, analyze_line, parse_line
from kg.analyze.eojeols import find_eojeols
from kg.analyze.morpheme_vectors import build_morpheme_vectors
from kg.analyze.morphemes import find_tokens, load_kiwi

__all__ = ["analyze_article", "analyze_line", "build_morpheme_vectors", "find_eojeols", "find_tokens", "load_kiwi", "parse_line"]
