"""Finds the times of a text: phrases resolved in order, ranges joined, what has no anchor left as words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from kg.model import Span, Time, Token
from kg.times import clock as clocks
from kg.times import periods
from kg.times.clock import Clock
from kg.times.lengths import Length, before, pieces_of, read_length, stretch_from
from kg.times.periods import Period, stamp
from kg.times.phrases import RANK, Phrase, grain_of, read_phrases
from kg.times.resolution import Context, resolve_date
from kg.times.tense import find_modifiers, is_of_report, tense_after

FROM = re.compile(r"\s?(?:으?로)?부터\s?(?:의\s)?")
LINK = re.compile(r"\s?(?:(?P<since>(?:으?로)?부터|에서(?:부터)?)\s?|(?P<dash>[~∼〜–-])\s?|(?P<pair>과|와)\s?)")
UNTIL = re.compile(r"\s?까지|\s?사이")
SINCE = re.compile(r"\s?(?:으?로)?부터|\s?이후|\s?이래")
PRIOR = re.compile(r"\s?이전")
EVERY = re.compile(r"마다")
LISTED = re.compile(r"\s?(?:과|와|및|,|·|또는|이나|에|일)\s?")
TO_DATE = re.compile(r"\s?(?:들어(?:서)?(?:\s?(?:현재|지금)까지)?|현재까지|(?:현재|지금)까지)(?![가-힣])")
FULL_STOP = re.compile(r"[.!?。][\"'”’)]?\s|\n")
ANCHORLESS = frozenset({"year", "date", "dmy", "ymd", "isomonth", "yearspan", "decade", "century"})


def find_times(
    text: str,
    published: datetime | None,
    tokens: tuple[Token, ...] = (),
    tense_hint: Callable[[int], int] | None = None,
) -> tuple[Time, ...]:
    """The times of a text in order: "오는 28일" in an article of 2025-03-11 is 2025-03-28.

    ``tokens`` keep words inside a longer proper name from being read as times. ``tense_hint`` gives -1, 0 or 1 for the
    clause at an offset; without it the next verb tells. Without ``published`` relative times have no value.
    """
    return _Finder(text, published, tokens, tense_hint).run()


class _Finder:
    """One pass over one text."""

    def __init__(
        self, text: str, published: datetime | None, tokens: tuple[Token, ...], hint: Callable[[int], int] | None
    ) -> None:
        self.text = text
        self.context = Context(None if published is None else published.replace(tzinfo=None))
        self.hint = hint
        self.starts = [token.span.start for token in tokens]
        self.tokens = tokens
        self.nouns = frozenset(token.span.end for token in tokens if token.tag in ("NNG", "NNP") and token.form.endswith(("한", "된")))
        self.modifiers = find_modifiers(tokens)
        self.story_day: date | None = None
        self.sentence = 0
        self.day_sentence = -9
        self.day_end = -1  # where the last phrase that named a day with its month ended
        self.out: list[Time] = []

    def run(self) -> tuple[Time, ...]:
        phrases = [phrase for phrase in read_phrases(self.text) if not self._inside_name(phrase)]
        index, last = 0, 0
        while index < len(phrases):
            phrase = phrases[index]
            if phrase.start > last:
                stops = len(FULL_STOP.findall(self.text[last : phrase.start]))
                if stops:
                    self.sentence += stops
                    self.context.sentence_day = None
                    self.context.sentence_year = None
            listed = self.day_end == last and LISTED.fullmatch(self.text, last, phrase.start) is not None
            self.context.before_day = self.context.day if listed else None
            following = phrases[index + 1] if index + 1 < len(phrases) else None
            used = self._range(phrase, following) if following is not None else False
            if not used:
                self._single(phrase)
            index += 2 if used else 1
            last = phrases[index - 1].end
        return tuple(self.out)

    def _inside_name(self, phrase: Phrase) -> bool:
        """Whether the phrase is a part of a longer name that the analyser knows ("오늘" of a company's name)."""
        if not self.tokens or self.text[phrase.start].isdigit():
            return False
        at = bisect_right(self.starts, phrase.start) - 1
        if at < 0:
            return False
        token = self.tokens[at]
        return token.tag == "NNP" and (token.span.start < phrase.start < token.span.end or phrase.end < token.span.end)

    def _tense(self, phrase: Phrase) -> Callable[[], int]:
        return lambda: self.hint(phrase.end) if self.hint is not None else self._read_tense(phrase)

    def _read_tense(self, phrase: Phrase) -> int:
        tense = tense_after(self.text, phrase.end, self.nouns, self.modifiers)
        day, published = phrase.slots.get("day"), self.context.published
        gone = published is not None and isinstance(day, int) and day <= published.day and "month" not in phrase.slots
        return -1 if tense > 0 and gone and is_of_report(self.text, phrase.end) else tense

    # one phrase

    def _single(self, phrase: Phrase) -> None:
        if phrase.is_length:
            self._length(phrase)
        elif "vague" in phrase.slots:
            self._emit(phrase.start, phrase.end, None, None, "duration", phrase.rule, None)
        elif "set" in phrase.slots or (
            phrase.last_slot in ("weekday", "daypart") and EVERY.match(self.text, phrase.end)
        ):
            self._set(phrase)
        else:
            span = self._period(phrase)
            clock = clocks.clock_of(phrase)
            self._moment(phrase, span, clock)

    def _period(self, phrase: Phrase) -> Period | None:
        context = self.context
        if "cday" in phrase.slots:
            near = context.day is not None and self.day_sentence >= self.sentence - 1
            today = context.today
            if not near or (
                today is not None and context.day is not None and context.day > today and self._tense(phrase)() < 0
            ):
                context.day = self.story_day or today
        try:
            return resolve_date(phrase, context, self._tense(phrase))
        except (ValueError, OverflowError):
            return None

    def _note(self, phrase: Phrase, span: Period) -> None:
        context, today = self.context, self.context.today
        kept = context.day
        context.note(span)
        part = phrase.slots.get("quarter", phrase.slots.get("half"))
        if isinstance(part, int) and {"year", "ryear", "cyear"} & set(phrase.slots):
            context.sentence_year, context.sentence_part = span.start.year, part
        if phrase.slots.get("cday") or phrase.slots.get("rday") or phrase.is_length:
            context.day = kept  # 전날 and 사흘 전 look aside: 이날 goes back to the day before them
        elif span.grain == "day" and span.start == span.end:
            self.day_sentence = self.sentence
            self.day_end = phrase.end
            bare = set(phrase.slots) <= {"day", "weekday", "daypart", "clock", "noon", "rday", "cday"}
            if bare and (today is None or span.start <= today):
                # the latest day is what the article reports of; an earlier one stands in its story
                self.story_day = span.start if self.story_day is None else max(self.story_day, span.start)

    def _moment(self, phrase: Phrase, span: Period | None, clock: Clock | None) -> None:
        """A date, a time of day, or both, open at one end where the text says so."""
        text, end = self.text, phrase.end
        dated = bool(set(phrase.slots) - {"clock", "daypart", "noon", "pre"})
        if clock is not None and not dated and self.context.sentence_day is not None and "clock" in phrase.slots:
            span = periods.day(self.context.sentence_day)
        if span is not None:
            self._note(phrase, span)
        if clock is not None and (span is None or span.start != span.end):
            if span is None and not dated:
                value = f"T{clock.text()}" + (
                    f"/T{clock.until.isoformat('seconds' if clock.until.second else 'minutes')}" if clock.until else ""
                )
                self._emit(phrase.start, end, None, None, _grain(clock), phrase.rule, value)
                return
            clock = None
        if span is None:
            self._emit(phrase.start, end, None, None, grain_of(phrase), phrase.rule, None)
            return
        first, last, value, grain = span.start.isoformat(), span.end.isoformat(), span.value, span.grain
        if clock is not None:
            at = _at(span.start, clock)
            first = last = stamp(at)
            grain = _grain(clock)
            value = at.isoformat(timespec="seconds" if clock.named >= 3 else "minutes")
            if clock.until is not None:
                last, value, grain = stamp(datetime.combine(span.start, clock.until)), span.value, "hour"
        today = self.context.today
        if (
            phrase.slots.keys() == {"ryear"}
            and today is not None
            and span.start <= today <= span.end
            and (match := TO_DATE.match(text, end))
        ):
            self._emit(
                phrase.start, match.end(), first, today.isoformat(), "year", phrase.rule, f"{first}/{today.isoformat()}"
            )
        elif match := SINCE.match(text, end):
            self._emit(phrase.start, match.end(), first, None, grain, phrase.rule, f"{value.split('/')[0]}/")
        elif match := PRIOR.match(text, end):
            limit = first if clock is not None else before(span.start).isoformat()
            self._emit(phrase.start, match.end(), None, limit, grain, phrase.rule, f"/{value.split('/')[-1]}")
        else:
            if match := UNTIL.match(text, end):
                end = match.end() if match.group().strip() == "까지" else end
            self._emit(phrase.start, end, first, last, grain, phrase.rule, value)

    def _length(self, phrase: Phrase) -> None:
        found = read_length(phrase, self.text, self.context.published, self._tense(phrase))
        if found.repeated:
            self._emit(phrase.start, found.end, None, None, "set", phrase.rule, f"R/{found.iso}")
        else:
            self._emit_length(phrase, found)

    def _emit_length(self, phrase: Phrase, found: Length) -> None:
        start, end = phrase.start, found.end
        if found.first is not None and found.last is not None:
            value = found.iso if found.grain == "duration" else stamp(found.last)
            self._emit(start, end, stamp(found.first), stamp(found.last), found.grain, phrase.rule, value)
        elif found.period is not None:
            span = found.period
            if found.grain == "day" and not found.deadline:
                self._note(phrase, span)
            self._emit(start, end, span.start.isoformat(), span.end.isoformat(), found.grain, phrase.rule, span.value)
        else:
            self._emit(start, end, None, None, "duration", phrase.rule, found.iso)

    def _set(self, phrase: Phrase) -> None:
        slots, end = phrase.slots, phrase.end
        every = EVERY.match(self.text, end)
        if every:
            end = every.end()
        clock = clocks.clock_of(phrase)
        on = ""
        if "month" in slots:
            on = f"XXXX-{slots['month']:02d}" + (f"-{slots['day']:02d}" if "day" in slots else "")
        elif "day" in slots:
            on = f"XXXX-XX-{slots['day']:02d}"
        elif "weekday" in slots:
            on = f"XXXX-WXX-{slots['weekday']}"
        if clock is not None and clock.until is None:
            on += f"T{clock.at:%H}" + (f":{clock.at:%M}" if clock.at.minute else "")
        elif "daypart" in slots:
            on += "T" + {"AM": "MO", "PM": "AF", "DAWN": "DAWN"}.get(str(slots["daypart"]), str(slots["daypart"])[:2])
        self._emit(phrase.start, end, None, None, "set", phrase.rule, f"R/{on or slots.get('set', 'P1D')}")

    # two phrases

    def _range(self, phrase: Phrase, following: Phrase) -> bool:
        """Join "A부터 B까지", "A~B", "A와 B 사이" or "A부터 4년간"; False where the two are no range."""
        match = LINK.fullmatch(self.text, phrase.end, following.start)
        if match is None or phrase.is_length or {"vague", "set"} & set(phrase.slots):
            return False
        if following.is_length:
            return match.group("since") is not None and self._range_of_length(phrase, following)
        if {"vague", "set"} & set(following.slots):
            return False
        until = UNTIL.match(self.text, following.end)
        if match.group("dash") is None and (
            until is None or (match.group("pair") is not None and "사이" not in until.group())
        ):
            return False
        return self._range_of_two(phrase, following, until.end() if until else following.end)

    def _range_of_length(self, phrase: Phrase, following: Phrase) -> bool:
        span = self._period(phrase)
        found = read_length(following, self.text, None, lambda: 0)
        whole = None if span is None or found.repeated else stretch_from(span, pieces_of(following))
        if span is None or whole is None:
            return False
        self._note(phrase, span)
        self._emit(
            phrase.start, found.end, whole.start.isoformat(), whole.end.isoformat(), whole.grain, "range", whole.value
        )
        return True

    def _range_of_two(self, phrase: Phrase, following: Phrase, end: int) -> bool:
        self._borrow_year(phrase, following)
        one, two = clocks.clock_of(phrase), clocks.clock_of(following)
        if (one is None) != (two is None):
            return False
        a = self._period(phrase) if _is_dated(phrase) else None
        if a is None and one is not None and not _is_dated(phrase) and self.context.sentence_day is not None:
            a = periods.day(self.context.sentence_day)
        b = self._second(phrase, following, a) if _is_dated(following) else a
        if one is not None and two is not None:
            return self._range_of_clocks(phrase, end, (a, one), (b, two))
        if a is None or b is None:
            if _is_dated(phrase) and _is_dated(following):
                self._emit(phrase.start, end, None, None, grain_of(phrase), "range", None)
                return True
            return False
        a, b = self._current(phrase, following, a, b)
        if b.end < a.start:
            return False
        self._note(phrase, a)
        self._note(following, b)
        value = f"{a.value.split('/')[0]}/{b.value.split('/')[-1]}"
        whole = Period(a.start, b.end, b.grain, value)
        if b.grain in ("month", "quarter", "half", "year"):
            self.context.period = whole
        self._emit(phrase.start, end, whole.start.isoformat(), whole.end.isoformat(), whole.grain, "range", value)
        return True

    def _current(self, phrase: Phrase, following: Phrase, a: Period, b: Period) -> tuple[Period, Period]:
        """Of a range of months or days without a year, the one that holds today rather than the next one to begin."""
        today = self.context.today
        if (
            today is None
            or a.start <= today
            or not {"month"} <= set(phrase.slots)
            or {"year", "ryear", "cyear", "pre"} & set(phrase.slots)
        ):
            return a, b
        try:
            phrase.slots["year"] = a.start.year - 1
            first = self._period(phrase)
            if "year" in following.slots:
                following.slots["year"] = b.start.year - 1
            second = self._period(following)
        except (ValueError, OverflowError):
            return a, b
        if (
            first is not None
            and second is not None
            and first.start <= today <= second.end
            and first.start.year == a.start.year - 1
        ):
            return first, second
        return a, b

    def _borrow_year(self, phrase: Phrase, following: Phrase) -> None:
        """A year said only at the end holds for the beginning too: 5월부터 2020년 10월까지."""
        month, last = phrase.slots.get("month"), following.slots.get("month")
        year = following.slots.get("year")
        if (
            isinstance(month, int)
            and isinstance(last, int)
            and isinstance(year, int)
            and not {"year", "ryear", "cyear"} & set(phrase.slots)
        ):
            phrase.slots["year"] = year if month <= last else year - 1

    def _second(self, phrase: Phrase, following: Phrase, a: Period | None) -> Period | None:
        """The end of a range, with what it leaves unsaid taken from the beginning."""
        slots = following.slots
        if a is None:
            return self._period(following)
        lowest = min(RANK[slot] for slot in slots if slot in RANK)
        if set(slots) <= {"weekday", "daypart", "clock", "noon"} and "weekday" in slots and a.start == a.end:
            ahead = (int(str(slots["weekday"])) - a.start.isoweekday()) % 7
            return periods.day(periods.shift(a.start, ahead, "D"))
        if lowest < RANK["month"] or {"rmonth", "rweek", "rday", "cday", "cmonth", "holiday", "pre"} & set(slots):
            return self._period(following)
        slots["year"] = a.start.year
        if "day" in slots and "month" not in slots:
            slots["month"] = a.start.month
        span = self._period(following)
        if span is not None and span.end < a.start and "month" in slots and not (lowest > RANK["month"]):
            slots["year"] = a.start.year + 1
            span = self._period(following)
        return span

    def _range_of_clocks(
        self, phrase: Phrase, end: int, first: tuple[Period | None, Clock], second: tuple[Period | None, Clock]
    ) -> bool:
        (a, one), (b, two) = first, second
        same = a is None or b is None or a.start == b.start
        if same:
            one, two = clocks.pair(one, two)
        if a is None or b is None or a.start != a.end or b.start != b.end:
            if a is not None and a.start != a.end:
                return False
            self._emit(phrase.start, end, None, None, _grain(two), "range", f"T{one.text()}/T{two.text()}")
            return True
        x, y = _at(a.start, one), _at(b.start, two)
        if y <= x and a.start == b.start:
            y += timedelta(days=1)
        self._note(phrase, a)
        value = f"{x.isoformat(timespec='minutes')}/{y.isoformat(timespec='minutes')}"
        self._emit(phrase.start, end, stamp(x), stamp(y), _grain(two), "range", value)
        return True

    def _emit(
        self, start: int, end: int, first: str | None, last: str | None, grain: str, rule: str, value: str | None
    ) -> None:
        if self.out and start < self.out[-1].span.end:
            start = self.out[-1].span.end
            if start >= end:
                return
        self.out.append(Time(Span(start, end), first, last, grain, self.text[start:end], rule, value))


def _is_dated(phrase: Phrase) -> bool:
    return bool(set(phrase.slots) - {"clock", "daypart", "noon", "pre"})


def _at(day: date, clock: Clock) -> datetime:
    at = datetime.combine(day, clock.at)
    return at + timedelta(days=1) if clock.tomorrow and clock.at < time(1) and day < date.max else at


def _grain(clock: Clock) -> str:
    return {1: "hour", 2: "minute"}.get(clock.named, "second")
