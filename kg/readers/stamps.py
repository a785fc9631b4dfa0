"""Points in time as outlets write them: ISO 8601, RFC 2822, "2024.10.10. 오후 2:06", "2024년 10월 10일"."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz
from typing import Final

from kg.readers.options import KOREA

DAY: Final = (
    r"(?P<year>(?:19|20)\d\d)\s*[./\-년]\s*(?P<month>\d{1,2})\s*[./\-월]\s*(?P<day>\d{1,2})(?!\d)"
    r"\s*[.일]?\s*(?:\(?[월화수목금토일](?:요일)?\)?,?)?"
)
CLOCK: Final = (
    r"(?P<half>오전|오후|[AaPp]\.?[Mm]\.?)?\s*(?P<hour>\d{1,2})\s*(?::|시)\s*(?:(?P<minute>\d{1,2})\s*분?)?"
    r"(?:\s*:?\s*(?P<second>\d{1,2})(?:[.,]\d+)?\s*초?)?\s*(?P<after>[AaPp]\.?[Mm]\.?)?"
)
OFFSET: Final = r"\s*(?P<offset>Z|[+-]\d{2}:?\d{2}|UTC|GMT|KST)?"
STAMP: Final = re.compile(rf"{DAY}(?:[\sT,|]*{CLOCK}{OFFSET})?")
COMPACT: Final = re.compile(
    r"^(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)"
    r"(?:T?(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?)?$"
)


def _zone(offset: str | None) -> timezone:
    if offset is None or offset == "KST":
        return KOREA
    if offset in ("Z", "UTC", "GMT"):
        return UTC
    digits = offset.replace(":", "")
    minutes = int(digits[1:3]) * 60 + int(digits[3:5])
    if minutes >= 24 * 60:
        return KOREA
    return timezone(timedelta(minutes=-minutes if digits[0] == "-" else minutes))


def _moment(parts: dict[str, str | None]) -> datetime | None:
    hour = int(parts.get("hour") or 0)
    half = (parts.get("half") or parts.get("after") or "").replace(".", "").lower()
    if half in ("오후", "pm") and hour < 12:
        hour += 12
    elif half in ("오전", "am") and hour == 12:
        hour = 0
    try:
        return datetime(
            int(parts["year"] or 0),
            int(parts["month"] or 0),
            int(parts["day"] or 0),
            hour,
            int(parts.get("minute") or 0),
            int(parts.get("second") or 0),
            tzinfo=_zone(parts.get("offset")),
        )
    except ValueError:
        return None


def find_stamp(text: str) -> datetime | None:
    """The first date in some text, with its time if one follows: "입력 2024.10.10. 오후 2:06" is 14:06 of that day."""
    for match in STAMP.finditer(text):
        moment = _moment(match.groupdict())
        if moment is not None:
            return moment
    return None


def parse_stamp(value: object) -> datetime | None:
    """A field's point in time, +09:00 unless it says so; "2012-08-28" is that midnight, what is no date is None."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=KOREA)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_epoch(float(value)) if value > 10**8 and not COMPACT.match(str(value)) else parse_stamp(str(value))
    if not isinstance(value, str):
        return None
    text = value.strip()[:100]
    compact = COMPACT.match(text)
    if compact:
        return _moment(compact.groupdict())
    found = find_stamp(text)
    return found if found is not None else _from_mail(text)


def _from_epoch(seconds: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds / 1000 if seconds > 10**11 else seconds, KOREA)
    except (OverflowError, ValueError, OSError):
        return None


def _from_mail(text: str) -> datetime | None:
    """RFC 2822, as feeds write it: "Thu, 10 Oct 2024 14:06:18 +0900"."""
    try:
        parts = parsedate_tz(text)
        if parts is None:
            return None
        stated = re.search(r"[+-]\d{4}|GMT|UT|UTC|Z|[ECMP][SD]T", text[10:]) is not None
        zone = timezone(timedelta(seconds=parts[9] or 0)) if stated else KOREA
        return datetime(*parts[:6], tzinfo=zone)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
