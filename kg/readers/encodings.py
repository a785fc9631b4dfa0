"""Bytes to text, once: byte order mark, UTF-8, declaration, CP949, UTF-16, then a detector; and the text made clean."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import Final

from kg.errors import InputError

# Only codecs that give text, by the names that Korean pages and feeds use; all else is left to detection.
DECLARED: Final[dict[str, str]] = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "utf-16": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "utf-32": "utf-32",
    "euc-kr": "cp949",
    "euckr": "cp949",
    "cp949": "cp949",
    "ms949": "cp949",
    "uhc": "cp949",
    "windows-949": "cp949",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601-1989": "cp949",
    "ksc5601": "cp949",
    "ks_c_5601": "cp949",
    "korean": "cp949",
    "iso-2022-kr": "iso2022_kr",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "windows-1252": "cp1252",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "euc-jp": "euc_jp",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "johab": "johab",
    "cp1361": "johab",
    "ms1361": "johab",
}
DETECTED: Final = frozenset(
    {
        "cp932",
        "shift_jis",
        "euc_jp",
        "gb18030",
        "gbk",
        "gb2312",
        "big5",
        "big5hkscs",
        "cp1252",
        "latin_1",
        "utf_16",
        "utf_16_le",
        "utf_16_be",
        "utf_32",
    }
)
BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLE: Final = 65_536
NOT_TEXT: Final = "not text: its bytes are in no encoding known here; save it as UTF-8, or leave it out"
JOHAB: Final = "JOHAB encoding is not read: convert the file first (iconv -f JOHAB -t UTF-8)"
BINARY: Final = (
    (b"%PDF-", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old Office or HWP document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
)
HANGUL: Final = re.compile(r"[가-힣]")


def _deletions() -> dict[int, str | None]:
    table: dict[int, str | None] = dict.fromkeys((*range(32), *range(127, 160), 12644, 65440), " ")
    del table[0x09], table[0x0A]
    for code in (0x0B, 0x0C, 0x1C, 0x1D, 0x1E, 0x85, 0x2028, 0x2029):
        table[code] = "\n"
    removed = (
        0xAD,
        0x34F,
        0x61C,
        0x180E,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        0xFEFF,
        *range(0xFFF9, 0xFFFC),
        *range(0xE0000, 0xE0080),
    )
    table.update(dict.fromkeys(removed))
    for code in (*range(0xD800, 0xE000), *range(0xFDD0, 0xFDF0)):
        table[code] = "\N{REPLACEMENT CHARACTER}"
    for plane in range(17):
        table[plane * 0x10000 + 0xFFFE] = table[plane * 0x10000 + 0xFFFF] = "\N{REPLACEMENT CHARACTER}"
    return table


TABLE: Final = _deletions()


def clean(text: str) -> str:
    r"""The text in NFC with one kind of newline and nothing unseen: ``clean("KT\u200b는\r\n")`` is "KT는\n".

    Zero-width characters, soft hyphens and bidirectional overrides go; control characters become a space, lone
    surrogates U+FFFD. Cleaning twice changes nothing.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").translate(TABLE)
    return unicodedata.normalize("NFC", plain)


def one_line(text: str) -> str:
    """Cleaned text on one line, for titles, names and messages: ``one_line(" 속보\\n KT ")`` is "속보 KT"."""
    return " ".join(clean(text).split())


def _attempt(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _common_share(text: str) -> float:
    """The share of Hangul syllables that are among the 2,350 of everyday use; 0 without Hangul."""
    syllables = HANGUL.findall(text[:SAMPLE])
    if not syllables:
        return 0.0
    return len("".join(syllables).encode("euc_kr", "ignore")) / 2 / len(syllables)


def _is_johab(data: bytes, other: str | None) -> bool:
    sample = data[:SAMPLE]
    text = sample.decode("johab", "ignore") if len(data) > SAMPLE else _attempt(sample, "johab")
    if text is None or len(HANGUL.findall(text)) < 4:
        return False
    return _common_share(text) > 0.95 and (other is None or _common_share(other) < 0.7)


def _is_plausible(text: str) -> bool:
    """Whether decoded text looks written: hardly a control character, mostly letters, digits, blanks and marks."""
    sample = text[:SAMPLE]
    odd = sum(
        1 for char in sample if unicodedata.category(char) in {"Cc", "Cn", "Co", "Cs"} and char not in "\n\r\t\f\ufeff"
    )
    return odd * 50 <= len(sample)


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: ASCII blanks leave zero bytes on one side only."""
    if len(data) % 2:
        return None
    even, odd = data[:SAMPLE:2].count(0), data[1:SAMPLE:2].count(0)
    if bool(even) == bool(odd):
        return None
    text = _attempt(data, "utf-16-le" if odd else "utf-16-be")
    if text is None or not _is_plausible(text):
        return None
    known = sum(1 for char in text[:SAMPLE] if char < "\u0250" or "가" <= char <= "힣" or "\u2000" <= char <= "\u33ff")
    return text if known * 10 >= min(len(text), SAMPLE) * 8 else None


def _mended(data: bytes) -> str | None:
    """Korean text with a few broken bytes (cut in mid-character): read with U+FFFD for them."""
    for encoding in ("utf-8", "cp949"):
        text = data.decode(encoding, "replace")
        broken = text.count("\ufffd")
        hangul = len(HANGUL.findall(text))
        if broken * 100 <= hangul and hangul * 5 >= len(text) and _common_share(text) > 0.9 and _is_plausible(text):
            return text
    return None


def _detected(data: bytes) -> str | None:
    import charset_normalizer

    best = charset_normalizer.from_bytes(data[:SAMPLE], enable_fallback=False).best()
    if best is None or best.encoding not in DETECTED or best.percent_chaos > 5:
        return None
    # In a short or mostly non-letter sample any single-byte encoding "fits"; only running text is believed.
    text = _attempt(data, best.encoding)
    if text is None or not _is_plausible(text):
        return None
    letters = sum(1 for char in text[:SAMPLE] if char.isalpha() or char in " \n\r\t")
    return text if letters * 10 >= min(len(text), SAMPLE) * 8 else None


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of some bytes: ``decode("김영섭".encode("cp949"))`` is "김영섭".

    ``declared`` is what a page, feed or server names as its encoding; a byte order mark and valid UTF-8 outrank it, for
    declarations are often wrong. Raises ``InputError`` for bytes that are no text, and for JOHAB.
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            marked = _attempt(data, encoding)
            if marked is not None and _is_plausible(marked):
                return marked
    for magic, what in BINARY:
        if data.startswith(magic):
            raise InputError(f"not text: it is {what}; give its text as .txt, .html or .jsonl")
    name = DECLARED.get((declared or "").strip().strip("\"'").lower())
    if name == "iso2022_kr" or data.startswith(b"\x1b$)C"):
        shifted = _attempt(data, "iso2022_kr")
        if shifted is not None:
            return shifted
    text = _attempt(data, "utf-8")
    if text is not None and b"\x00" in data:
        text = _unmarked_utf16(data) or text
    if text is not None:
        if not _is_plausible(text):
            raise InputError(NOT_TEXT)
        return text
    if name == "johab":
        raise InputError(JOHAB)
    if name is not None and name not in ("utf-8", "cp949"):
        text = _attempt(data, name)
        if text is not None and _is_plausible(text):
            return text
    text = _unmarked_utf16(data)
    if text is not None:
        return text
    text = _attempt(data, "cp949")
    if _is_johab(data, text):
        raise InputError(JOHAB)
    if text is not None and (not _is_plausible(text) or not _is_korean(text)):
        text = None
    text = text or _mended(data) or _detected(data)
    if text is None:
        raise InputError(NOT_TEXT)
    return text


def _is_korean(text: str) -> bool:
    """Whether text decoded as CP949 is Korean: its letters beyond ASCII are everyday Hangul, Hanja or marks."""
    beyond = sum(1 for char in text[:SAMPLE] if char > "\x7f")
    hangul = len(HANGUL.findall(text[:SAMPLE]))
    return hangul * 2 >= beyond and _common_share(text) > 0.8


def encoding_of(sample: bytes) -> str:
    """The encoding of a file that is read line by line, from its beginning: "utf-8", "cp949", or a marked "utf-16"."""
    for mark, encoding in BOMS:
        if sample.startswith(mark):
            return encoding
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(sample)
    except UnicodeDecodeError as error:
        whole = sample[: sample.rfind(b"\n") + 1] or sample
        text = _attempt(whole, "cp949")
        if text is not None and _is_korean(text):
            return "cp949"
        # Lines of several encodings are read line by line; a file that begins with no text is refused as a whole.
        first = sample.strip().split(b"\n", 1)[0]
        if _attempt(first, "utf-8") is None:
            decode(first)
            if _attempt(first, "cp949") is None:
                raise InputError(NOT_TEXT) from error
    return "utf-8"
