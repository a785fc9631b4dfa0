"""The answers that the README shows are those of the sample articles."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]

_spec = spec_from_file_location("readme_answers", ROOT / "tests" / "readme_answers.py")
assert _spec is not None and _spec.loader is not None
readme_answers = module_from_spec(_spec)
_spec.loader.exec_module(readme_answers)


@pytest.fixture(scope="session")
def samples() -> Any:
    """The graph of the sample articles, built once."""
    return readme_answers.build_samples()


@pytest.mark.parametrize("page", readme_answers.PAGES)
def test_the_answers_are_the_real_ones(page: str, samples: Any) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert text == readme_answers.answered(text, samples), f"{page} shows old answers; run `{readme_answers.COMMAND}`"


@pytest.mark.parametrize("page", readme_answers.PAGES)
def test_every_question_has_an_answer(page: str, samples: Any) -> None:
    answers = (ROOT / page).read_text(encoding="utf-8").split("<!-- answer ")[1::2]
    assert len(answers) == 3
    for answer in answers:
        heading, rule, *rows = [line for line in answer.splitlines() if line.startswith("|")]
        assert rows
        assert {line.replace("\\|", "").count("|") for line in (heading, rule, *rows)} == {heading.count("|")}


def test_the_leaders_of_the_samples_are_found(samples: Any) -> None:
    found = {tuple(cell.value for cell in row) for row in samples.query("ceos").rows}
    assert {("김영섭", "KT"), ("조원우", "한국마이크로소프트"), ("최지웅", "KT클라우드")} <= found


def test_a_named_query_and_sparql_are_both_asked(samples: Any) -> None:
    marks = "<!-- answer 1: begin -->\nold\n<!-- answer 1: end -->"
    named = readme_answers.answered(f"```sh\n.venv/bin/kg query ceos 김영섭  # who\n```\n{marks}\n", samples)
    assert "old" not in named
    assert "\n\n| person | company |\n| --- | --- |\n| 김영섭 | KT |\n\n<!-- answer 1: end -->\n" in named
    hostile = readme_answers.answered(f'```sparql\nSELECT ("<b>|a_b*\\n" AS ?x) {{}}\n```\n{marks}', samples)
    assert "| \\<b\\>\\|a\\_b\\* |\n" in hostile
    for page in (marks, f"```sh\nmake demo\n```\n{marks}"):
        with pytest.raises(ValueError, match="answer 1"):
            readme_answers.answered(page, samples)
