"""Oracle's text functions: characters count from 1, an empty result is NULL."""

from __future__ import annotations

import re
import unicodedata

from suitebridge.sandbox.netsuite.suiteql.errors import ValueRefused

Number = int | float
_WORD = re.compile(r"[^\W_]+")
_SOUNDS = {
    letter: digit
    for letters, digit in (("BFPV", "1"), ("CGJKQSXZ", "2"), ("DT", "3"), ("L", "4"), ("MN", "5"), ("R", "6"))
    for letter in letters
}


def upper(text: str) -> str:
    """UPPER: one character for one, as Oracle does."""
    return "".join(each.upper() if len(each.upper()) == 1 else each for each in text)


def lower(text: str) -> str:
    """LOWER."""
    return text.lower()


def initcap(text: str) -> str:
    """INITCAP: words are runs of letters and digits."""
    return _WORD.sub(lambda match: match.group()[0].upper() + match.group()[1:].lower(), text)


def substr(text: str, start: Number, length: Number | None = None) -> str | None:
    """SUBSTR: 0 counts as 1, a negative start from the end."""
    first = int(start)
    begin = first - 1 if first > 0 else 0 if first == 0 else len(text) + first
    if begin < 0 or begin >= len(text):
        return None
    if length is None:
        return text[begin:] or None
    count = int(length)
    return text[begin : begin + count] or None if count > 0 else None


def instr(text: str, sought: str, start: Number = 1, occurrence: Number = 1) -> int:
    """INSTR: from a negative start it searches backward; 0 if there is none."""
    first, nth = int(start), int(occurrence)
    if nth < 1:
        raise ValueRefused("Argument out of range.")
    if first == 0:
        return 0
    if first > 0:
        found = first - 2
        for _ in range(nth):
            found = text.find(sought, found + 1)
            if found < 0:
                return 0
        return found + 1
    end = len(text) + first
    for position in range(min(end, len(text) - len(sought)), -1, -1):
        if text.startswith(sought, position):
            nth -= 1
            if nth == 0:
                return position + 1
    return 0


def _padding(length: int, pad: str) -> str:
    return (pad * (length // len(pad) + 1))[:length]


def lpad(text: str, length: Number, pad: str = " ") -> str | None:
    """LPAD; too long a text is cut."""
    wanted = int(length)
    if wanted <= 0:
        return None
    return text[:wanted] if len(text) >= wanted else _padding(wanted - len(text), pad) + text


def rpad(text: str, length: Number, pad: str = " ") -> str | None:
    """RPAD; too long a text is cut."""
    wanted = int(length)
    if wanted <= 0:
        return None
    return text[:wanted] if len(text) >= wanted else text + _padding(wanted - len(text), pad)


def ltrim(text: str, characters: str = " ") -> str | None:
    """LTRIM by a set of characters."""
    return text.lstrip(characters) or None


def rtrim(text: str, characters: str = " ") -> str | None:
    """RTRIM by a set of characters."""
    return text.rstrip(characters) or None


def trim(text: str, character: str = " ") -> str | None:
    """TRIM from both ends; Oracle takes one character only."""
    if len(character) != 1:
        raise ValueRefused("Trim set should have only one character.")
    return text.strip(character) or None


def replace(text: str | None, sought: str | None, by: str | None = None) -> str | None:
    """REPLACE; without what to seek the text stays."""
    if text is None or not sought:
        return text
    return text.replace(sought, by or "") or None


def translate(text: str, sought: str, by: str) -> str | None:
    """TRANSLATE character by character; those without a partner go."""
    table: dict[int, str | None] = {}
    for position, character in enumerate(sought):
        table.setdefault(ord(character), by[position] if position < len(by) else None)
    return text.translate(table) or None


def character(code: Number) -> str | None:
    """CHR."""
    value = int(code)
    if not 0 <= value <= 0x10FFFF or 0xD800 <= value <= 0xDFFF:
        raise ValueRefused("Argument out of range.")
    return chr(value) if value else None


def ascii_code(text: str) -> int:
    """ASCII."""
    return ord(text[0])


def asciistr(text: str) -> str:
    """ASCIISTR: UTF-16 units beyond ASCII as \\XXXX."""
    units = text.encode("utf-16-be")
    pairs = [units[position] << 8 | units[position + 1] for position in range(0, len(units), 2)]
    return "".join(chr(unit) if unit < 128 and unit != 92 else f"\\{unit:04X}" for unit in pairs)


def unistr(text: str) -> str | None:
    """UNISTR: the way back from \\XXXX."""
    found = re.sub(r"\\(?:\\|([0-9A-Fa-f]{4}))", lambda match: chr(int(match[1], 16)) if match[1] else "\\", text)
    return found.encode("utf-16", "surrogatepass").decode("utf-16", "replace") or None


def compose(text: str) -> str:
    """COMPOSE."""
    return unicodedata.normalize("NFC", text)


def decompose(text: str, _form: str = "CANONICAL") -> str:
    """DECOMPOSE."""
    return unicodedata.normalize("NFKD" if _form.upper() == "COMPATIBILITY" else "NFD", text)


def soundex(text: str) -> str | None:
    """SOUNDEX."""
    letters = [letter for letter in text.upper() if "A" <= letter <= "Z"]
    if not letters:
        return None
    code = letters[0]
    last = _SOUNDS.get(letters[0], "")
    for letter in letters[1:]:
        digit = _SOUNDS.get(letter, "")
        if digit and digit != last:
            code += digit
        if letter not in "HW":
            last = digit
    return (code + "000")[:4]


def byte_length(text: str) -> int:
    """LENGTHB and VSIZE: bytes in UTF-8."""
    return len(text.encode())
