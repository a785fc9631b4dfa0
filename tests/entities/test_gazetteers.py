"""Gazetteers load whole, are found by name, alias and code, and say where a bad row stands."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from kg.errors import RuleError
from kg.tables.folders import resource_folder
from kg.tables.gazetteers import FILES, GazetteerEntry, Gazetteers, load_gazetteers, read_gazetteer


@pytest.mark.parametrize(
    ("surface", "name", "kind"),
    [
        ("MS", "마이크로소프트", "Company"), ("Microsoft", "마이크로소프트", "Company"), ("삼전", "삼성전자", "Company"),
        ("공정위", "공정거래위원회", "GovernmentAgency"), ("과방위", "과학기술정보방송통신위원회", "GovernmentAgency"),
        ("서울고법", "서울고등법원", "Court"), ("국힘", "국민의힘", "PoliticalParty"), ("카이스트", "한국과학기술원", "University"),
        ("美", "미국", "Country"), ("성남", "성남시", "City"), ("서산", "서산시", "City"), ("NYT", "뉴욕타임스", "MediaOutlet"),
        ("특경법", "특정경제범죄 가중처벌법", "Law"), ("맨유", "맨체스터 유나이티드", "SportsTeam"), ("용인", "용인시", "City"),
    ],
)
def test_surface_names_an_individual(surface: str, name: str, kind: str) -> None:
    entry = load_gazetteers().entry(surface)
    assert entry is not None
    assert (entry.name, entry.kind) == (name, kind)


def test_listed_company_has_its_code() -> None:
    entry = load_gazetteers().entry("KT")
    assert entry is not None
    assert ("krx", "030200") in entry.codes


def test_titles_are_many() -> None:
    titles = load_gazetteers().titles
    assert len(titles) > 400
    assert {"대표이사", "컨설팅그룹장", "원내대표", "CEO"} <= titles


def test_every_file_has_a_source_on_every_row() -> None:
    for name in FILES:
        entries = list(read_gazetteer(resource_folder() / "gazetteer" / f"{name}.tsv"))
        assert entries
        assert all(entry.source for entry in entries)


def test_user_file_comes_first(tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text("name\tkind\taliases\n달빛나루\tCompany\tMS|달나\n", encoding="utf-8")
    gazetteers = load_gazetteers(path)
    assert gazetteers.kind("달나") == "Company"
    found = gazetteers.entry("MS")
    assert found is not None
    assert found.name == "달빛나루"
    assert gazetteers.kind("구글") == "Company"


@pytest.mark.parametrize("row", ["이름만", "\tCompany", "이름\t회사", "이름\tCompany\t\tkrx", "가\tCompany\t\t\t\t\t많다"])
def test_bad_row_names_path_and_line(tmp_path: Path, row: str) -> None:
    path = tmp_path / "bad.tsv"
    path.write_text(f"name\tkind\n좋은이름\tCompany\n{row}\n", encoding="utf-8")
    with pytest.raises(RuleError, match=r"bad\.tsv:3"):
        load_gazetteers(path)


def test_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="cannot be read"):
        load_gazetteers(tmp_path / "none.tsv")


def test_longest_entry_wins() -> None:
    gazetteers = Gazetteers([GazetteerEntry("국회", "GovernmentAgency"), GazetteerEntry("국회 정무위원회", "GovernmentAgency")])
    found = gazetteers.longest("국회 정무위원회는", 0, [2, 5, 8])
    assert found is not None
    assert found[0] == 8


def test_loading_is_fast() -> None:
    begin = time.process_time()
    entries = [entry for name in FILES for entry in read_gazetteer(resource_folder() / "gazetteer" / f"{name}.tsv")]
    assert len(Gazetteers(entries)) > 10_000
    assert time.process_time() - begin < 1.0
