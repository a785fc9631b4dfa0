"""``kg build`` and ``kg extract``: good input beside bad, in every encoding, said clearly and never with a traceback."""

from __future__ import annotations

import csv
import io
import json
import random
from pathlib import Path
from typing import Any

import pytest

OUTPUTS = ("graph.ttl", "graph.html", "facts.jsonl", "report.json")
ARTICLE = "한빛전자 김철수 대표가 서울에 공장을 세웠다. 김 대표는 “내년에 200억원을 투자하겠다”고 말했다.\n"
OTHER = "새봄은행은 10일 한빛전자와 업무협약을 맺었다. 양사는 공동 연구소를 설립할 계획이다.\n"


def rows(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def articles_of(out: Path) -> set[str]:
    return {row["article"] for row in rows((out / "facts.jsonl").read_text(encoding="utf-8"))}


def report_of(out: Path) -> dict[str, Any]:
    report: dict[str, Any] = json.loads((out / "report.json").read_text(encoding="utf-8"))
    return report


def test_a_build_writes_its_five_outputs_and_says_nothing_when_piped(kg: Any, article: Path, tmp_path: Path) -> None:
    ended = kg("build", article, "--out", tmp_path / "new" / "out")
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    assert all((tmp_path / "new" / "out" / name).stat().st_size for name in OUTPUTS)
    assert (tmp_path / "new" / "out" / "store").is_dir()


def test_on_a_terminal_a_build_says_what_to_open(kg: Any, article: Path, tmp_path: Path) -> None:
    ended = kg("build", article, "--out", tmp_path / "out", terminal=True)
    assert ended.code == 0
    assert f"Open {tmp_path / 'out' / 'graph.html'}" in ended.err
    assert "1 articles" in ended.err
    assert ended.out == ""


def test_a_sentence_reaches_graph_and_lines(kg: Any, article: Path, tmp_path: Path) -> None:
    kg("build", article, "--out", tmp_path / "out")
    facts = rows((tmp_path / "out" / "facts.jsonl").read_text(encoding="utf-8"))
    assert any(f["subject"]["name"] == "김철수" and f["predicate"]["id"] == "kg:isCEOOf" for f in facts)
    for fact in facts:
        assert ARTICLE[fact["start"] : fact["end"]] == fact["sentence"]
    assert "kgr:김철수 " in (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")


def test_good_input_is_built_beside_bad(kg: Any, article: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "nothing").mkdir()
    (tmp_path / "nothing" / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / "noise.txt").write_bytes(random.Random(1).randbytes(4000))
    bad = [tmp_path / name for name in ("empty.txt", "nothing", "noise.txt", "missing.txt")]
    ended = kg("build", *bad, article, "--out", tmp_path / "out")
    assert ended.code == 3
    for path in bad:
        assert f"kg: skipped {path}: " in ended.err
    assert articles_of(tmp_path / "out") == {"공장"}
    report = report_of(tmp_path / "out")
    assert {row["input"] for row in report["skipped"]} == {str(path) for path in bad}
    assert all(row["reason"] for row in report["skipped"])


@pytest.mark.parametrize("content", [b"", b"\n \t\n", b"\xef\xbb\xbf", "\u200b\n".encode()], ids=["empty", "blank", "mark", "invisible"])
def test_an_article_without_text_is_nothing_usable(kg: Any, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "article.txt").write_bytes(content)
    ended = kg("build", tmp_path / "article.txt", "--out", tmp_path / "out")
    assert ended.code == 1
    assert "article.txt: empty" in ended.err
    assert "nothing usable" in ended.err


@pytest.mark.parametrize("suffix", ["txt", "bin", "json", "jsonl", "html", "xml", "csv", "zip", "gz"])
def test_random_bytes_are_named_whatever_they_are_called(kg: Any, tmp_path: Path, suffix: str) -> None:
    name = f"noise.{suffix}"
    (tmp_path / name).write_bytes(random.Random(name).randbytes(2000))
    ended = kg("extract", tmp_path / name)
    assert (ended.code, ended.out) == (1, "")
    assert f"skipped {tmp_path / name}" in ended.err


def test_a_missing_path_is_named(kg: Any, tmp_path: Path) -> None:
    for command in (("build", "--out", tmp_path / "out"), ("extract",)):
        ended = kg(command[0], tmp_path / "없음.txt", *command[1:])
        assert ended.code == 1
        assert f"{tmp_path / '없음.txt'}: no such file" in ended.err


def test_a_place_that_cannot_be_written_is_named_before_anything_is_read(kg: Any, article: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "store").write_text("", encoding="utf-8")
    for out in (tmp_path / "file", tmp_path / "file" / "below", tmp_path / "taken", Path("/proc/kg")):
        ended = kg("build", article, "--out", out)
        assert ended.code == 1
        assert str(out) in ended.err
        assert "--out" in ended.err


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "euc-kr", "utf-16"])
def test_korean_encodings_are_read_alike(kg: Any, tmp_path: Path, encoding: str) -> None:
    plain = ARTICLE.replace("“", '"').replace("”", '"')
    (tmp_path / "공장.txt").write_bytes(plain.encode(encoding))
    ended = kg("extract", tmp_path / "공장.txt")
    assert ended.code == 0
    assert {fact["sentence"] for fact in rows(ended.out)} <= set(plain.strip().replace(". ", ".\n").splitlines())
    assert any(fact["subject"]["name"] == "김철수" for fact in rows(ended.out))


def test_cp949_beyond_euc_kr_is_read(kg: Any, tmp_path: Path) -> None:
    text = "똠방전자 김철수 대표가 서울에 공장을 세웠다.\n"
    (tmp_path / "공장.txt").write_bytes(text.encode("cp949"))
    ended = kg("extract", tmp_path / "공장.txt")
    assert rows(ended.out)[0]["sentence"] == text.strip()


def test_a_large_text_is_read(kg: Any, tmp_path: Path) -> None:
    (tmp_path / "large.txt").write_text(ARTICLE * 300, encoding="utf-8")
    ended = kg("extract", tmp_path / "large.txt")
    assert ended.code == 0
    assert len(rows(ended.out)) >= 300


def test_what_is_over_the_limit_is_named(kg: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import kg.readers.reading as reading_module
    from kg.readers import ReadOptions

    assert reading_module.DEFAULTS.max_bytes >= 5_000_000
    monkeypatch.setattr(ReadOptions, "__init__", _limited(ReadOptions.__init__))
    (tmp_path / "large.txt").write_text(ARTICLE * 3, encoding="utf-8")
    ended = kg("extract", tmp_path / "large.txt")
    assert ended.code == 1
    assert "larger than" in ended.err


def _limited(plain: Any) -> Any:
    def init(self: Any, **given: Any) -> None:
        plain(self, **(given | {"max_bytes": 200}))

    return init


@pytest.mark.parametrize(
    "text",
    [
        "◆\n",
        "😀😀😀 🎉\n",
        "www.example.com\n",
        "사진=연합\n",
        "[서울=새소식]김철수 기자 =\n",
        "…\n",
        "1\n",
        "\ufffd\ufffd가\n",
        "가나다라마" * 2_000 + "\n",
        "(((((" * 500,
    ],
    ids=["mark", "emoji", "address", "caption", "dateline", "dots", "digit", "replaced", "unbroken", "brackets"],
)
def test_an_odd_article_is_built_with_or_without_facts(kg: Any, tmp_path: Path, text: str) -> None:
    (tmp_path / "odd.txt").write_text(text, encoding="utf-8")
    ended = kg("build", tmp_path / "odd.txt", "--out", tmp_path / "out")
    assert ended.code == 0, ended.err
    assert [row["article"] for row in report_of(tmp_path / "out")["articles"]] == ["odd"]
    assert all((tmp_path / "out" / name).is_file() for name in OUTPUTS)


def test_standard_input_is_an_article(kg: Any) -> None:
    ended = kg("extract", "-", given=ARTICLE.encode())
    assert ended.code == 0
    assert {fact["article"] for fact in rows(ended.out)} == {"stdin"}
    assert kg("extract", "-", given=ARTICLE.encode("cp949", "replace")).code == 0
    empty = kg("extract", "-", given=b"")
    assert (empty.code, empty.out) == (1, "")


def test_bad_rows_are_named_with_their_line_and_the_others_read(kg: Any, tmp_path: Path) -> None:
    good = [json.dumps({"id": name, "text": text}) for name, text in (("a", ARTICLE), ("b", OTHER))]
    lines = [good[0], "{broken", "[1]", '{"title": "no text"}', '{"text": 7}', "", good[1]]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    ended = kg("build", path, "--out", tmp_path / "out")
    assert ended.code == 3
    assert {row["article"] for row in report_of(tmp_path / "out")["articles"]} == {"a", "b"}
    assert [int(row["input"].rpartition(":")[2]) for row in report_of(tmp_path / "out")["skipped"]] == [2, 3, 4, 5]


def test_two_inputs_of_one_id_are_both_kept(kg: Any, tmp_path: Path) -> None:
    for folder, text in (("아침", ARTICLE), ("저녁", OTHER)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "기사.txt").write_text(text, encoding="utf-8")
    rows_of_one_id = (json.dumps({"id": "하나", "text": text}) + "\n" for text in (ARTICLE, OTHER))
    (tmp_path / "rows.jsonl").write_text("".join(rows_of_one_id), encoding="utf-8")
    ended = kg("build", tmp_path / "아침", tmp_path / "저녁", tmp_path / "rows.jsonl", "--out", tmp_path / "out")
    assert ended.code == 0
    names = [row["article"] for row in report_of(tmp_path / "out")["articles"]]
    assert {"아침/기사", "저녁/기사"} <= set(names)
    assert len(names) == len(set(names)) == 4


def test_fields_of_other_names_are_mapped(kg: Any, tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text(json.dumps({"no": "7", "body": ARTICLE, "day": "2024-10-10"}) + "\n", encoding="utf-8")
    ended = kg("extract", tmp_path / "rows.jsonl", "--map", "id=no, text=body,published=day")
    assert ended.code == 0
    assert {fact["article"] for fact in rows(ended.out)} == {"7"}
    assert kg("extract", tmp_path / "rows.jsonl").code == 1


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--map", "text"), "--map"),
        (("--map", "body=text"), "'body' is no field of ours"),
        (("--published", "어제"), "--published"),
        (("--published", "2024-13-01"), "--published"),
        (("--unknown",), "--unknown"),
    ],
)
def test_wrong_options_are_usage_errors(kg: Any, article: Path, words: tuple[str, ...], named: str) -> None:
    ended = kg("extract", article, *words)
    assert (ended.code, ended.out) == (2, "")
    assert named in ended.err
    assert "kg extract --help" in ended.err


@pytest.mark.parametrize(
    "published", ["2016-11-07", "2016-11-07T00:00:00", "2016-11-07T00:00:00+09:00", "20161107", "2016-11-07 09:30", " 2016-11-07"]
)
def test_the_time_of_publication_anchors_the_times(kg: Any, published: str) -> None:
    ended = kg("analyze", "--lines", "-", "--published", published, given="내년에 공장을 세운다.".encode())
    assert json.loads(ended.out)["times"][0]["time"]["value"] == "2017"


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31T23:59:59", "2024-10-10T00:00:00+23:59"])
def test_no_time_of_publication_is_too_odd(kg: Any, published: str) -> None:
    text = "작년과 내년, 10년 뒤, 어제와 내일, 100년 전과 지난 세기에 공장을 세웠다."
    ended = kg("analyze", "--lines", "-", "--published", published, given=text.encode())
    assert ended.code == 0
    assert json.loads(ended.out)["text"] == text


def test_a_reprint_is_no_second_source(kg: Any, tmp_path: Path) -> None:
    text = f"{ARTICLE.strip()} {OTHER.strip()} 공장은 12만㎡ 터에 들어서고 2026년 상반기에 문을 연다.\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "b.txt").write_text(f"[한길경제 최은수 기자] {text}", encoding="utf-8")
    (tmp_path / "c.txt").write_text("한빛전자 김철수 대표는 10일 서울 본사에서 주주들을 만났다.\n", encoding="utf-8")
    assert kg("build", tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "c.txt", "--out", tmp_path / "out").code == 0
    counts = report_of(tmp_path / "out")["counts"]
    assert (counts["articles"], counts["stories"]) == (3, 2)
    told = list(csv.DictReader(io.StringIO(kg("query", "two-sources", "--graph", tmp_path / "out", "--format", "csv").out)))
    assert ("김철수", "대표이다", "한빛전자", "2", "3") in {
        tuple(row[name] for name in ("subject", "relation", "object", "reports", "articles")) for row in told
    }
    assert all(int(row["reports"]) == 2 for row in told)


def test_reports_that_differ_are_set_side_by_side(kg: Any, tmp_path: Path) -> None:
    for name, amount in (("a", "2조원"), ("b", "2조4000억원"), ("c", "2조원이 넘는 돈")):
        text = f"가람전자가 10일 세종 공장에 {amount}을 투자한다고 밝혔다.\n"
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    inputs = [tmp_path / f"{name}.txt" for name in "abc"]
    assert kg("build", *inputs, "--published", "2024-10-10", "--out", tmp_path / "out").code == 0
    told = list(csv.DictReader(io.StringIO(kg("query", "conflicts", "--graph", tmp_path / "out", "--format", "csv").out)))
    assert [{row["oneIn"], row["otherIn"]} for row in told] == [{"a", "b"}]
    assert {row["one"] for row in told} | {row["other"] for row in told} == {"세종 공장, 2000000000000 KRW", "세종 공장, 2400000000000 KRW"}
    assert '"x":[' in (tmp_path / "out" / "graph.html").read_text(encoding="utf-8")


def test_a_gazetteer_that_cannot_be_read_is_named(kg: Any, article: Path, tmp_path: Path) -> None:
    (tmp_path / "noise.tsv").write_bytes(b"\xb7\xff\x00")
    for path in (tmp_path / "missing.tsv", tmp_path / "noise.tsv"):
        ended = kg("extract", article, "--gazetteer", path)
        assert ended.code == 1
        assert str(path) in ended.err


def test_one_article_that_breaks_a_pass_does_not_end_the_run(
    kg: Any, article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import kg.pipeline.building as building

    whole = building.read_article

    def breaking(read: Any, options: Any = None) -> Any:
        if "공장" in read.id:
            raise ZeroDivisionError("a bug")
        return whole(read, options)

    monkeypatch.setattr(building, "read_article", breaking)
    (tmp_path / "other.txt").write_text(OTHER, encoding="utf-8")
    ended = kg("build", article, tmp_path / "other.txt", "--out", tmp_path / "out")
    assert ended.code == 3
    assert "skipped 공장: cannot be analysed: an unforeseen ZeroDivisionError" in ended.err
    assert articles_of(tmp_path / "out") == {"other"}
    ended = kg("extract", article, tmp_path / "other.txt")
    assert ended.code == 3
    assert {fact["article"] for fact in rows(ended.out)} == {"other"}


def test_names_of_ones_own_are_used_also_for_articles_read_before(kg: Any, tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text("꾸러미나무는 10일 새봄은행과 업무협약을 맺었다.\n", encoding="utf-8")
    (tmp_path / "names.tsv").write_text("name\tkind\taliases\tcodes\tsource\n꾸러미나무\tUniversity\t\t\town\n", encoding="utf-8")
    for words in ((), ("--gazetteer", str(tmp_path / "names.tsv"))):
        assert kg("build", tmp_path / "article.txt", "--out", tmp_path / "out", *words).code == 0
    facts = rows((tmp_path / "out" / "facts.jsonl").read_text(encoding="utf-8"))
    assert {fact["subject"]["kind"] for fact in facts if fact["subject"]["name"] == "꾸러미나무"} == {"University"}


def test_what_the_store_holds_is_read_again_on_demand(kg: Any, article: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for words, unchanged in (((), False), (("--resume",), True), ((), True), (("--anew",), False)):
        assert kg("build", article, "--out", out, *words).code == 0
        (row,) = json.loads((out / "report.json").read_text(encoding="utf-8"))["articles"]
        assert row.get("unchanged", False) is unchanged
