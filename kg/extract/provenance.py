"""What a report says of itself: who wrote it, for whom, and when it appeared."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.drafts import build_fact
from kg.extract.scene import Scene
from kg.model import Document, Entity, Fact, Span, Time


class Provenance:
    """ "[서울=가온통신] 한도윤 기자 =" is 한도윤 reporter-for 가온통신; the body's dateline names the author."""

    name = "provenance"

    def __call__(self, doc: Document, scene: Scene) -> Iterator[Fact]:
        article = Entity("article", "Report", doc.article.title or doc.article.id, ("기사",), (), (), (), (), True)
        written = False
        for dateline in doc.datelines:
            sentence = next(
                (n for n, s in enumerate(doc.sentences) if s.span.start <= dateline.span.start < s.span.end or s.span.start >= dateline.span.start),
                None,
            )
            if sentence is None:
                continue
            body = doc.sentences[sentence].role in ("body", "byline") and not written
            for span in dateline.reporters:
                reporter = _named(scene, span, "Person")
                if dateline.outlet is not None:
                    outlet = _named(scene, dateline.outlet, "MediaOutlet")
                    yield build_fact(scene, sentence, "dateline", "kg:reporterFor", reporter, outlet, confidence=0.97)
                if body:
                    written = True
                    yield build_fact(scene, sentence, "dateline-author", "kg:author", article, reporter, confidence=0.95)
        published = doc.article.published
        if published is not None and doc.sentences:
            where = next((n for n, s in enumerate(doc.sentences) if s.role == "registration"), None)
            if where is not None:
                moment = published.replace(tzinfo=None).isoformat()
                time = Time(doc.sentences[where].span, moment, moment, "second", doc.sentences[where].span.of(scene.text), "registration", moment)
                yield build_fact(scene, where, "registration", "kg:datePublished", article, time, confidence=0.99)


def _named(scene: Scene, span: Span, kind: str) -> Entity:
    known = scene.entity_at.get(span)
    if known is not None:
        return known
    name = span.of(scene.text)
    for entity in scene.doc.entities:
        if entity.name == name or name in entity.aliases:
            return entity
    return Entity(f"{kind}:{name}", kind, name, (), (), (span,), (), (), False)
