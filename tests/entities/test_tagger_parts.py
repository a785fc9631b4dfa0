"""The parts of the tagger of names: units, labels, form codes, name statistics, training data."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kg.analyze import build_morpheme_vectors
from kg.entities.clusters import Clusters, build_clusters, load_clusters, write_clusters
from kg.entities.features import FeatureMaker
from kg.entities.forms import FormList, coarse_counts, coarse_type, code_of, load_forms, write_forms
from kg.entities.kinds import kind_of_ending, refine
from kg.entities.people import load_names
from kg.entities.silver import CountedMaker, Sentence, hidden_spans
from kg.entities.tagging import read_labels
from kg.entities.train import add_counts, label_units, read_forms, read_labelled, read_named
from kg.entities.units import Unit, find_units
from kg.errors import AnalysisError, InputError
from kg.model import Span, Token
from kg.tables.folders import resource_folder
from kg.tables.gazetteers import load_gazetteers


def token(form: str, tag: str, start: int) -> Token:
    return Token(form, form, tag, Span(start, start + len(form)))


def nothing(form: str) -> bool:
    return False


def test_units_are_cut_where_a_name_ends() -> None:
    units = find_units("타츠야군이", [token("타츠야군", "NNP", 0), token("이", "JKS", 4)], lambda form: form == "타츠야", nothing)
    assert [(unit.form, unit.start, unit.end) for unit in units] == [("타츠야", 0, 3), ("군", 3, 4), ("이", 4, 5)]


def test_states_and_unnamed_people_are_cut() -> None:
    units = find_units("남북 김모", [token("남북", "NNP", 0), token("김모", "NNP", 3)], nothing, nothing)
    assert [unit.form for unit in units] == ["남", "북", "김", "모"]


def test_a_word_that_no_dictionary_has_is_cut_before_what_may_be_a_particle() -> None:
    tokens = [token("솔빛온의", "NNP", 0), token("한여울님", "NNG", 5), token("주인의식", "NNG", 10), token("한여울", "NNG", 15)]
    units = find_units("솔빛온의 한여울님 주인의식 한여울", tokens, nothing, nothing)
    assert [unit.form for unit in units] == ["솔빛온", "의", "한여울", "님", "주인의식", "한여울"]
    assert [unit.tag for unit in units][:2] == ["NNP", "X"]
    assert [unit.form for unit in find_units("강남역", [token("강남역", "NNP", 0)], nothing, lambda form: form == "강남역")] == ["강남역"]


def test_laughter_is_cut_from_a_name() -> None:
    text = "ᄏᄏ솔빛온ㅠㅠ ㅋㅋ"
    units = find_units(text, [token("ᄏᄏ솔빛온ㅠㅠ", "NNG", 0), token("ㅋㅋ", "NNG", 8)], nothing, nothing)
    assert [(unit.form, unit.tag) for unit in units] == [("ᄏᄏ", "SW"), ("솔빛온", "NNG"), ("ㅠㅠ", "SW"), ("ㅋㅋ", "NNG")]
    assert all(text[unit.start : unit.end] == unit.form for unit in units)


def test_labels_round_trip() -> None:
    units = [Unit("김영섭", "NNP", 0, 3), Unit("KT", "SL", 4, 6), Unit("대표", "NNG", 7, 9)]
    spans = [(0, 3, "PS"), (4, 6, "OG")]
    labels = label_units(units, spans)
    assert labels == ["B-PS", "B-OG", "O"]
    assert read_labels(labels, units) == spans
    assert hidden_spans(units, spans) == {(0, 1): "PS", (1, 2): "OG"}


def test_codes_tell_type_share_and_size() -> None:
    assert code_of({"PS": 3}, 3) == ("PS", "PSd2")
    assert code_of({"LC": 6, "OG": 4}, 20) == ("LC+OG", "LCb4"[:3] + "4")
    assert code_of({}, 5) is None
    assert (coarse_type("OGG_MEDIA"), coarse_type("AF_ROAD"), coarse_type("CV_POSITION")) == ("OG", "LC", "po")


def test_forms_are_written_and_read(tmp_path: Path) -> None:
    forms = FormList({"유천": {"PS": 2}, "서울 종로구": {"LC": 1}}, {"유천": 3, "서울 종로구": 1})
    write_forms(forms, tmp_path / "forms.gz")
    again = load_forms(tmp_path / "forms.gz")
    assert again.counts == forms.counts
    assert again.occurrences == forms.occurrences
    assert again.is_name("유천")


def test_name_statistics_know_names() -> None:
    names = load_names(resource_folder() / "weights")
    assert (names.score("김영섭") or 0) > 3 > 0 > (names.score("대통령") or 0)
    assert names.is_surname("김")
    assert names.score("가나다라마") is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [("솔빛군청", "GovernmentAgency"), ("한누리텔레콤", "Company"), ("늘봄대학교", "University"), ("가온재단", "Organization"),
     ("마루지법", "Court"),
     ("회의", None), ("여당", None), ("시장", None), ("업무협약", "Agreement"), ("도로보호법", "Law"), ("기자간담회", "Event")],
)
def test_endings_tell_kinds(name: str, kind: str | None) -> None:
    assert kind_of_ending(name) == kind


def test_labels_of_the_tagger_become_kinds() -> None:
    assert refine("PS", "김영섭") == "Person"
    assert refine("LC", "한별공항") == "Facility"
    assert refine("OG", "한별병원") == "Hospital"
    assert refine("OG", "한별") == "Organization"


def test_training_data_is_read(tmp_path: Path) -> None:
    path = tmp_path / "ner.tsv"
    path.write_text("## klue-ner-v1_dev_1-x\t<케이:OG>는\n"
                    "케\tB-OG\n이\tI-OG\n는\tO\n\n## klue-ner-v1_dev_2-x\t가\n가\tO\n", encoding="utf-8")
    assert list(read_labelled(path)) == [("klue-ner-v1_dev_1-x", "케이는", [(0, 2, "OG")]), ("klue-ner-v1_dev_2-x", "가", [])]
    forms = tmp_path / "forms.tsv"
    forms.write_text("form\tlabel\ttrain_freq\n영화\tCV_ART\t3\n영화\tFD_ART\t1\n", encoding="utf-8")
    assert read_forms(forms) == {"영화": {"CV_ART": 3, "FD_ART": 1}}
    assert coarse_counts(read_forms(forms)) == {"영화": {"ar": 3, "fd": 1}}
    named = tmp_path / "konne.jsonl"
    named.write_text('{"klue_id": "klue-ner-v1_dev_1-x", "text": "케이는 영화", "label": [[4, 6, "CV_ART"], [0, 2, "OGG_MEDIA"], '
                     '[4, 6, "CV_ART"]]}\n', encoding="utf-8")
    assert read_named(named) == {"klue-ner-v1_dev_1-x": [("케이", "OGG_MEDIA"), ("영화", "CV_ART")]}
    with pytest.raises(InputError):
        list(read_labelled(tmp_path / "none.tsv"))


def test_counts_of_sentences_are_added_to_a_copy() -> None:
    counts = {"영화": {"CV_ART": 3}}
    assert add_counts(counts, [[("영화", "CV_ART"), ("케이", "OGG_MEDIA")], []]) == {"영화": {"CV_ART": 4}, "케이": {"OGG_MEDIA": 1}}
    assert counts == {"영화": {"CV_ART": 3}}


def test_the_first_model_sees_how_often_a_listed_string_is_a_name() -> None:
    units = [Unit("한빛", "NNP", 0, 2), Unit("전자", "NNG", 2, 4), Unit("이", "JKS", 4, 5)]
    sentence = Sentence("한빛전자이", units, [])
    weights = resource_folder() / "weights"
    maker = CountedMaker({"한빛전자": {"OGG_ECONOMY": 1}}, [sentence, sentence], load_names(weights), load_gazetteers(), Clusters({}))
    first, second, third = maker.make(sentence.text, units)
    assert {"TBOGb", "FBOGG_ECONOMYb"} <= set(first)
    assert "TEOGb" in second
    assert "T-OGb" in third
    assert "T0" not in (*first, *second, *third)


def test_like_words_share_a_cluster() -> None:
    morphemes = [(f"{'북남동서'[index % 4]}{index}", "NNG") for index in range(64)] + [("가", "VV"), ("북0", "NNG")]
    vectors = np.eye(4)[[index % 4 for index in range(64)] + [0, 1]]
    clusters = build_clusters(morphemes, vectors, {morphemes[index]: 64 - index for index in range(64)})
    assert {len(ids) for ids in clusters.values()} == {1, 0}
    assert clusters["북0", "NNG"] == clusters["북4", "NNG"] == clusters["북60", "NNG"]
    assert clusters["북0", "NNG"] != clusters["남1", "NNG"]


def test_clusters_are_written_and_read(tmp_path: Path) -> None:
    path = tmp_path / "clusters.gz"
    write_clusters({("서울", "NNP"): (3, 40, 900), ("먹", "VV"): (3, 7)}, path)
    before = path.read_bytes()
    clusters = load_clusters(path)
    assert clusters.find_names("서울", "NNP") == ("3", "40", "900")
    assert clusters.find_names("먹", "VV") == ("v3", "v7")
    assert clusters.find_names("솔빛누리", "NNP") == ("?", "?")
    assert clusters.find_names("은", "JX") == ()
    write_clusters({("먹", "VV"): (3, 7), ("서울", "NNP"): (3, 40, 900)}, path)
    assert path.read_bytes() == before


def test_words_of_one_cluster_give_the_same_feature() -> None:
    clusters = Clusters({("서울", "NNP"): (3, 40, 900), ("부산", "NNP"): (3, 40, 901), ("가", "VV"): (5, 6)})
    maker = FeatureMaker(FormList({}, {}), load_names(resource_folder() / "weights"), load_gazetteers(), clusters)

    def rows(city: str) -> list[list[str]]:
        units = [Unit(city, "NNP", 0, 2), Unit("에", "JKB", 2, 3), Unit("가", "VV", 4, 5)]
        return maker.make(f"{city}에 가", units)

    shared = {"0k0=3", "0k1=40"}
    assert shared <= set(rows("서울")[0]) & set(rows("부산")[0])
    assert "-k1=40" in rows("서울")[1]
    assert "+k1=v6" in rows("서울")[1]


def test_long_numbers_share_a_feature_and_small_ones_do_not() -> None:
    maker = FeatureMaker(FormList({}, {}), load_names(resource_folder() / "weights"), load_gazetteers(), Clusters({}))

    def row(number: str) -> list[str]:
        return maker.make(f"{number}%", [Unit(number, "SN", 0, len(number)), Unit("%", "SW", len(number), len(number) + 1)])[0]

    assert "b+=0.0|%" in row("5.67") and "b+=0.0|%" in row("12.3")
    assert "b+=0000|%" in row("1950") and "b+=12|%" in row("12")


def test_a_full_name_that_is_taken_apart_is_seen_as_one() -> None:
    maker = FeatureMaker(FormList({}, {}), load_names(resource_folder() / "weights"), load_gazetteers(), Clusters({}))

    def marks(text: str, *sizes: int) -> list[str]:
        units, start = [], 0
        for size in sizes:
            units.append(Unit(text[start : start + size], "NNG", start, start + size))
            start += size
        return [next((name for name in row if name.startswith("j=")), "")[:3] for row in maker.make(text, units)]

    assert marks("김영섭", 2, 1) == ["j=B", "j=E"]
    assert marks("김영섭", 1, 1, 1) == ["j=B", "j=I", "j=E"]
    assert marks("김영섭", 3) == [""]
    assert marks("김영섭인", 2, 2) == ["", ""]


def test_kiwi_puts_like_morphemes_near() -> None:
    morphemes, vectors = build_morpheme_vectors([("서울", "NNP"), ("먹", "VV"), ("배우", "NNG"), ("회사", "NNG"), ("없는말임", "NNG")])
    places = {morpheme: index for index, morpheme in enumerate(morphemes)}
    city, like, other = (vectors[places[word]] for word in (("대구", "NNP"), ("부산", "NNP"), ("마시", "VV")))
    assert city @ like > city @ other
    with pytest.raises(AnalysisError):
        build_morpheme_vectors([("없는말임", "NNG")])
