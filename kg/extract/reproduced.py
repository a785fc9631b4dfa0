"""Words that an article reproduces without quotation marks: the full text of an apology or a speech."""

from __future__ import annotations

import re

from kg.extract.scene import Scene

_FORMAL = re.compile(r"(?:습니다|[가-힣]니다|십시오|세요|[가-힣]니까)[.?!…”’\"'\s]*$")
_PLAIN = re.compile(r"다[.…”’\"'\s]*$")


def find_reproduced(scene: Scene) -> frozenset[int]:
    """The sentences in formal address (깊이 사과드립니다.) of an article that is not: somebody's words, reproduced without quotation marks."""
    body = [n for n, s in enumerate(scene.doc.sentences) if s.role == "body"]
    words = {n: scene.sentence(n).span.of(scene.text) for n in body}
    formal = [n for n in body if _FORMAL.search(words[n])]
    plain = [n for n in body if n not in formal and _PLAIN.search(words[n])]
    return frozenset(formal) if len(plain) >= max(2, len(body) // 5) else frozenset()
