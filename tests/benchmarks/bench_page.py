"""How large pages behave in a browser: `python tests/benchmarks/bench_page.py` prints one line for each size."""

from __future__ import annotations

import importlib.util
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from kg.model import Article, Entity, Evidence, Fact, Reading, Span
from kg.render import build_page, write_page

SIZES = ((150, 400), (1000, 4000), (5000, 20000))
STATUSES = ("asserted", "asserted", "asserted", "planned", "claimed", "expected", "denied")
KINDS = ("Person", "Company", "Place", "Product", "Organization")
RELATIONS = ("kg:investsIn", "kg:partnersWith", "kg:develops", "kgo:추진하다", "kgo:논의하다")


def load_conftest(folder: str) -> Any:
    path = Path(__file__).parents[1] / folder / "conftest.py"
    name = f"{folder}_conftest".lstrip(".")
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def make_readings(nodes: int, edges: int) -> list[Reading]:
    """Articles of ten sentences each over a graph whose degrees fall off as a newsroom's do."""
    dice = random.Random(nodes)
    syllables = "가나다라마바사아자차카타파하고노도로모보소오조초"
    names = ["".join(dice.choice(syllables) for _ in range(3)) + str(number) for number in range(nodes)]
    kinds = [dice.choice(KINDS) for _ in range(nodes)]
    pairs = [(int(nodes * dice.random() ** 3), int(nodes * dice.random() ** 2)) for _ in range(edges - nodes)]
    pairs += [(number, int(number * dice.random())) for number in range(nodes)]
    readings = []
    for start in range(0, len(pairs), 10):
        text, spans, facts = "", [], []
        mentions: dict[int, list[Span]] = {}
        for source, target in pairs[start : start + 10]:
            sentence = f"{names[source]}이 {names[target]}과 새로운 사업을 함께 추진하기로 했다고 관계자가 말했다."
            at, offset = len(text), len(names[source]) + 2
            mentions.setdefault(source, []).append(Span(at, at + len(names[source])))
            mentions.setdefault(target, []).append(Span(at + offset, at + offset + len(names[target])))
            spans.append(Span(at, at + len(sentence)))
            text += sentence + " "
            ends = [Entity(f"kgr:{names[each]}", kinds[each], names[each]) for each in (source, target)]
            facts.append(
                Fact(
                    ends[0],
                    dice.choice(RELATIONS),
                    ends[1],
                    (),
                    dice.choice(STATUSES),
                    False,
                    None,
                    Evidence(f"a{start}", spans[-1], "bench"),
                    0.9,
                )
            )
        named = [
            Entity(f"kgr:{names[each]}", kinds[each], names[each], mentions=tuple(mentions[each]))
            for each in sorted(mentions)
        ]
        readings.append(Reading(Article(f"a{start}", text, f"기사 {start}"), tuple(spans), tuple(named), tuple(facts)))
    return readings


def measure(conftest: Any, browser: Any, nodes: int, edges: int, folder: Path) -> str:
    readings = make_readings(nodes, edges)
    before = time.perf_counter()
    html = build_page(readings, conftest.SmallOntology())
    built = time.perf_counter() - before
    path = folder / f"{nodes}.html"
    write_page(html, path)
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    before = time.perf_counter()
    page.goto(path.as_uri())
    page.wait_for_function("window.graphPage && window.graphPage.ready")
    opened = time.perf_counter() - before
    before = time.perf_counter()
    page.fill("#search", "가나")
    page.wait_for_selector("#results:not([hidden]) li")
    found = time.perf_counter() - before
    frame = """() => {
        const before = performance.now();
        for (let turn = 0; turn < 10; turn++) graphPage.redraw();
        return (performance.now() - before) / 10;
    }"""
    first = page.evaluate(frame)
    page.keyboard.press("Escape")
    before = time.perf_counter()
    if page.locator("#everything").is_visible():
        page.click("#everything")
    everything = time.perf_counter() - before
    every = page.evaluate(frame)
    page.close()
    return (
        f"{nodes:5} nodes {edges:6} edges: built {built:5.2f} s, {path.stat().st_size / 1e6:5.2f} MB, "
        f"opened {opened:5.2f} s, search {found * 1000:4.0f} ms, frame {first:5.1f} ms; "
        f"all shown in {everything:5.2f} s, frame {every:5.1f} ms"
    )


def main() -> None:
    from playwright.sync_api import sync_playwright

    conftest, shared = load_conftest("render"), load_conftest(".")
    with sync_playwright() as play, tempfile.TemporaryDirectory() as folder:
        browser = play.chromium.launch(executable_path=shared.find_browser(), args=shared.FLAGS)
        for nodes, edges in SIZES:
            print(measure(conftest, browser, nodes, edges, Path(folder)), flush=True)
        browser.close()


if __name__ == "__main__":
    main()
