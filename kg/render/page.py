"""The page: one HTML file with the graph, the facts and everything that shows them, and nothing from anywhere else."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

from kg.model import Article, Entity, Fact, Reading
from kg.render.content import Content, Json, Links, NameValue, build_content, content_json
from kg.render.labels import Labels, coarse_kind, term_labels
from kg.render.layout import build_layout, bundle_weights
from kg.render.network import Style, build_network, bundle_edges, clip, library_source, radius
from kg.tables.folders import resource_folder
from kg.vocab import PREFIXES

_SCRIPTS = ("data", "words", "values", "state", "visible", "graph", "labels", "highlights", "facts", "questions", "panel",
            "search", "filters", "table", "article", "timeline", "pictures", "turtle", "exports", "main")
_NAMESPACES = ("kg", "kgo", "kgr", "rdf", "rdfs", "xsd", "skos", "prov", "nif", "schema")
_SLOT = re.compile(r"<!--(\w+)-->")
_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


def build_page(readings: Iterable[Reading], ontology: Labels, *, focus: str | None = None, title: str | None = None,
               first: int = 150, name_fact: Callable[[Fact], str] | None = None,
               name_article: Callable[[str], str] | None = None,
               name_value: NameValue | None = None, name_rule: Callable[[str], str] | None = None,
               is_direct: Callable[[Fact, Article], bool] | None = None,
               conflicts: Mapping[str, Collection[str]] | None = None, links: Links | None = None) -> str:
    """The whole page as HTML: ``focus`` "김영섭" opens it with him selected; at most ``first`` nodes are shown at once.

    ``name_fact``, ``name_value`` and ``name_rule`` give the CURIEs of facts, values and rules and ``name_article`` an
    article's IRI, so that the page and the graph agree;
    ``is_direct`` tells the facts that are triples of their own there;
    ``conflicts`` has the CURIEs of the facts that each contradicts, and such facts are marked; ``links`` what else joins facts.
    """
    content = build_content(readings, ontology, name_fact, name_article, conflicts, is_direct, links)
    bundles = bundle_edges(content)
    heaviest = max(content.weights, default=0.0)
    places = build_layout(len(content.entities), [*bundle_weights(bundles), *_side_links(content)],
                          [clip(entity.name) for entity in content.entities],
                          [radius(weight, heaviest) for weight in content.weights])
    styles = _styles(content, ontology)
    names = {said.fact.predicate: term_labels(ontology, said.fact.predicate)[0] for said in content.facts}
    data = content_json(content, ontology, name_value)
    rules = sorted({rule for said in content.facts for _, _, rule in said.evidence})
    data["rules"] = {rule: name_rule(rule) for rule in rules} if name_rule else {}
    data["network"] = build_network(content, bundles, places, names, styles)
    data["styles"] = {kind: [style.shape, style.light, style.dark] for kind, style in sorted(styles.items())}
    data["words"] = json.loads(_part("words.json"))
    data["namespaces"] = {prefix: PREFIXES[prefix] for prefix in _NAMESPACES}
    data["title"] = title or ""
    data["focus"] = find_focus(content, focus) if focus else None
    data["first"] = first
    data["opening"] = min(first, content.linked or len(content.entities))
    return _assemble(data)


def write_page(html: str, path: Path) -> None:
    """Write the page as UTF-8 with bare line feeds, whatever the system's own habits are."""
    path.write_text(html, encoding="utf-8", newline="\n")


def find_focus(content: Content, wanted: str) -> int | None:
    """The place of the individual that a name, an alias or a CURIE means; the weightiest where several share it."""
    for place, entity in enumerate(content.entities):
        if wanted in (entity.id, entity.name) or wanted in entity.aliases:
            return place
    return None


def escape_json(data: object) -> str:
    """JSON that cannot leave its script element: "</script>" becomes "\\u003c/script\\u003e"."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda letter: f"\\u{ord(letter.group()):04x}", text)


def _side_links(content: Content) -> Iterable[tuple[int, int, float]]:
    """Individuals that share a fact stand near each other, though no edge is drawn between them."""
    for said in content.facts:
        subject = content.index[said.fact.subject.id]
        for each in said.fact.qualifiers:
            if isinstance(each.value, Entity):
                yield subject, content.index[each.value.id], 0.3
        if said.fact.speaker:
            yield content.index[said.fact.speaker.id], subject, 0.2


def _styles(content: Content, ontology: Labels) -> dict[str, Style]:
    """Shape and colours for each kind in the graph: its own, else its coarse class's, else plain grey."""
    table: dict[str, list[str]] = json.loads(_part("kinds.json"))
    kinds = {entity.kind for entity in content.entities}
    return {kind: Style(*table.get(kind, table.get(coarse_kind(ontology, kind), table["other"])))
            for kind in sorted(kinds)}


def _part(name: str) -> str:
    return (resource_folder() / "page" / name).read_text(encoding="utf-8")


def _assemble(data: Json) -> str:
    style = _part("page.css")
    library = library_source()
    script = '(() => {\n"use strict";\n' + "\n".join(_part(f"{name}.js") for name in _SCRIPTS) + "\n})();\n"
    slots = {"policy": _policy((library, script), style), "style": style, "library": library, "script": script,
             "data": escape_json(data)}
    return _SLOT.sub(lambda slot: slots[slot.group(1)], _part("page.html"))


def _policy(scripts: Iterable[str], style: str) -> str:
    """The page's Content-Security-Policy: nothing may load, and only these very scripts and this style may run."""
    allowed = " ".join(_digest(script) for script in scripts)
    return (f"default-src 'none'; script-src {allowed}; style-src {_digest(style)}; img-src data: blob:; "
            "base-uri 'none'; form-action 'none'")


def _digest(source: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode('utf-8')).digest()).decode('ascii')}'"
