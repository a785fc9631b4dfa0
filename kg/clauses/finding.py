"""The clauses and quotations of a document."""

from __future__ import annotations

from dataclasses import replace

from kg.clauses.amounts import settle_amounts
from kg.clauses.arguments import Frame, build_frames
from kg.clauses.chains import find_chains
from kg.clauses.framing import find_kept_parent, is_dropped, settle_framing
from kg.clauses.joints import settle_joints
from kg.clauses.marked_lists import read_lists, split_items
from kg.clauses.nominals import find_bond, find_idiom, find_light_noun, find_light_rest, find_noun_clauses
from kg.clauses.pairs import split_pairs
from kg.clauses.parallels import part_parallels
from kg.clauses.phrases import Tree, build_tree
from kg.clauses.quotations import Speech, drop_insiders, find_speeches, move_outsiders
from kg.clauses.quoted_names import find_named
from kg.clauses.reports import find_reports
from kg.clauses.sharing import complete_frames
from kg.clauses.status import find_statuses
from kg.clauses.units import Unit, find_units
from kg.model import Argument, Clause, Document, Predicate, Quotation, Sentence, Span, Status, Voice
from kg.tables.lexicons import ClauseLexicon, load_clause_lexicon

_READ_ROLES = frozenset(("body", "caption", "item", "title", "heading"))


def find_clauses(doc: Document) -> tuple[tuple[Clause, ...], tuple[Quotation, ...]]:
    """The clauses of a document in order, and its quotations; indices in them count over the whole document."""
    lexicon = load_clause_lexicon()
    clauses: list[Clause] = []
    quotations: list[Quotation] = []
    leads = True
    for number, sentence in enumerate(doc.sentences):
        if sentence.role not in _READ_ROLES or not sentence.eojeols:
            continue
        _read_sentence(doc.article.text, sentence, number, lexicon, clauses, quotations, leads)
        leads = leads and sentence.role != "body"
    return tuple(clauses), tuple(quotations)


def _read_sentence(
    text: str, sentence: Sentence, number: int, lexicon: ClauseLexicon, clauses: list[Clause], quotations: list[Quotation],
    leads: bool,
) -> None:
    units = find_units(text, sentence)
    tree = build_tree(text, sentence, units, find_chains(units, lexicon, _is_headline(sentence, units)))
    built = settle_amounts(tree, read_lists(tree, build_frames(tree, lexicon), lexicon))
    frames = settle_joints(tree, move_outsiders(tree, built, lexicon), lexicon, leads)
    frames = settle_framing(tree, drop_insiders(tree, part_parallels(tree, complete_frames(tree, frames, lexicon))))
    speeches = (*find_speeches(tree, frames, lexicon), *find_reports(tree, frames, lexicon))
    speeches = tuple(sorted(speeches, key=lambda s: (s.span.start, -s.span.end)))
    statuses = find_statuses(tree, frames, speeches, lexicon)
    first_quotation = len(quotations)
    places: dict[int, int] = {}  # frame -> its clause's index in the document
    named = find_named(tree, frames)
    for index, frame in enumerate(frames):
        if not is_dropped(frame) and index not in named:
            places[index] = len(clauses) + len(places)
    for speech in speeches:
        parent = _enclosing(speeches, speech)
        quotations.append(
            Quotation(
                speech.span, speech.direct, None if speech.cue is None else places.get(speech.cue), speech.speaker,
                None if parent is None else first_quotation + parent,
            )
        )
    extra: list[Clause] = []
    for index in places:
        frame, inner = frames[index], _innermost(speeches, index)
        quotation = None if inner is None else first_quotation + inner
        parent = find_kept_parent(frames, frame.parent)
        place = None if parent is None else places.get(parent)
        clause = _build_clause(tree, frames, frame, number, places, place, statuses[index], quotation, lexicon)
        listed = split_items(tree, clause)
        paired = listed if len(listed) > 1 else split_pairs(text, clause)
        clauses.append(paired[0])
        extra.extend(paired[1:])
        extra.extend(find_noun_clauses(tree, frame, places[index], number, statuses[index], quotation, lexicon))
    clauses.extend(extra)


def _is_headline(sentence: Sentence, units: tuple[Unit, ...]) -> bool:
    """Whether the sentence may have a noun as its predicate: a title, a list item, or words that end in a bare noun."""
    last = units[-1]
    bare = last.verb is None and bool(last.nouns) and not last.josa and not last.topic
    return bare and sentence.role != "caption" and (sentence.role != "body" or all(u.verb is None or u.ending_tag == "ETM" for u in units))


def _build_clause(
    tree: Tree, frames: tuple[Frame, ...], frame: Frame, sentence: int, places: dict[int, int], parent: int | None, status: Status,
    quotation: int | None, lexicon: ClauseLexicon,
) -> Clause:
    chain = frame.chain
    units = tree.units[chain.first : chain.last + 1]
    lemma, kind, arguments = chain.lemma, chain.kind, frame.arguments
    voice: Voice = "active"
    start = units[0].stem or units[0].span
    light = find_light_noun(tree, frame, lexicon)
    idiom = find_idiom(tree, frame, lexicon)
    if idiom is not None:
        lemma, kind = idiom[0], "light"
        arguments = tuple(a for a in arguments if a is not idiom[1])
    elif light is not None:
        noun, used, voice = light
        lemma, kind = noun + ("되다" if voice == "passive" else "하다"), "light"
        arguments = _without(tree, arguments, used, voice == "passive")
    elif units[0].verb is not None and units[0].verb.tag == "XSV":
        voice = "passive" if units[0].verb.form in ("되", "받", "당하", "당") else "causative" if units[0].verb.form == "시키" else "active"
    arguments = tuple(_settle_content(tree, frames, a, arguments) for a in arguments)
    bond = find_bond(tree, frame, lexicon)
    if bond is not None and idiom is None and light is None:
        kind, start = "light", bond.head
    eojeols = tuple(sorted({unit.eojeol for unit in units}))
    everything = [start, units[-1].span, *(a.span for a in arguments if not a.shared)]
    return Clause(
        Predicate(lemma, Span(start.start, units[-1].span.end), eojeols, voice, kind),  # type: ignore[arg-type]
        tuple(_numbered(a, places) for a in arguments),
        chain.negated,
        status,
        Span(min(s.start for s in everything), max(s.end for s in everything)),
        sentence,
        frame.relation,
        parent,
        quotation,
        chain.past,
    )


def _settle_content(tree: Tree, frames: tuple[Frame, ...], content: Argument, arguments: tuple[Argument, ...]) -> Argument:
    """A content without what is none of it: 기후는 …된다는 것을 나타낸다 shows that …, and …기억시켜서, 침투하는 것을 막는다 prevents 침투."""
    if content.clause is None:
        return content
    last = tree.units[frames[content.clause].chain.first].span.start
    cut = content.span.start
    for argument in arguments:
        if argument.role in ("subject", "topic") and argument.span.start == content.span.start and argument.span.end < content.span.end:
            cut = max(cut, argument.span.end)
    for number, frame in enumerate(frames[: content.clause]):
        end = tree.units[frame.chain.last].span.end
        joined = frame.relation in ("coordinate", "adverbial", "quotative")
        if joined and content.span.start < end <= last and not _belongs(frames, number, content.clause):
            cut = max(cut, end)
    if cut == content.span.start:
        return content
    behind = next((e.span.start for e in tree.sentence.eojeols if e.span.start >= cut), cut)
    return replace(content, span=Span(behind, content.span.end)) if content.span.start < behind < content.head.start else content


def _belongs(frames: tuple[Frame, ...], number: int, whole: int) -> bool:
    """Whether a frame hangs on another, step by step."""
    here: int | None = number
    for _ in range(len(frames)):
        if here is None or here == whole:
            break
        here = frames[here].parent
    return here == whole


def _without(tree: Tree, arguments: tuple[Argument, ...], used: Argument, passive: bool) -> tuple[Argument, ...]:
    """The arguments with the light verb's noun taken out; what stood before the noun is what is done it to."""
    rest: list[Argument] = []
    for argument in arguments:
        if argument is not used:
            rest.append(argument)
            continue
        before = find_light_rest(tree.text, argument, passive)
        if before is not None:
            rest.append(before)
    return tuple(rest)


def _numbered(argument: Argument, places: dict[int, int]) -> Argument:
    return argument if argument.clause is None else replace(argument, clause=places.get(argument.clause))


def _innermost(speeches: tuple[Speech, ...], frame: int) -> int | None:
    best: int | None = None
    for index, speech in enumerate(speeches):
        if frame in speech.frames and (best is None or _length(speech) <= _length(speeches[best])):
            best = index
    return best


def _length(speech: Speech) -> int:
    return speech.span.end - speech.span.start


def _enclosing(speeches: tuple[Speech, ...], inner: Speech) -> int | None:
    found = [i for i, s in enumerate(speeches) if s is not inner and s.span.covers(inner.span) and s.span != inner.span]
    return min(found, key=lambda i: _length(speeches[i]), default=None)
