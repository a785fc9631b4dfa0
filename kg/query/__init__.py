"""Asking the graph: named queries with typed parameters, SPARQL, and the forms of an answer."""

from kg.query.guard import check_query
from kg.query.parameters import Answering, find_entity, read_parameters
from kg.query.questions import Parameter, Question, find_question, find_questions
from kg.query.results import FORMATS, Result, Term, width
from kg.query.running import resolve_query, run_query

__all__ = [
    "FORMATS",
    "Answering",
    "Parameter",
    "Question",
    "Result",
    "Term",
    "check_query",
    "find_entity",
    "find_question",
    "find_questions",
    "read_parameters",
    "resolve_query",
    "run_query",
    "width",
]
