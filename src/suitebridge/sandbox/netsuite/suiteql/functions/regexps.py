"""Oracle's REGEXP functions: POSIX extended expressions with the Perl-like classes Oracle takes."""

from __future__ import annotations

import re
from functools import lru_cache

from suitebridge.sandbox.netsuite.suiteql.errors import ValueRefused

Number = int | float
_CLASSES = {
    "alpha": "a-zA-Z",
    "digit": "0-9",
    "alnum": "a-zA-Z0-9",
    "upper": "A-Z",
    "lower": "a-z",
    "space": r"\s",
    "blank": r" \t",
    "punct": r"!-/:-@\[-`{-~",
    "cntrl": r"\x00-\x1f\x7f",
    "xdigit": "0-9A-Fa-f",
    "print": r"\x20-\x7e",
    "graph": r"\x21-\x7e",
}
_NAMED = re.compile(r"\[:(\w+):\]|\[=(.)=\]|\[\.(.)\.\]")


def _bracket(pattern: str, start: int) -> tuple[str, int]:
    position = start + 1
    body = "["
    if pattern[position : position + 1] == "^":
        body += "^"
        position += 1
    if pattern[position : position + 1] == "]":
        body += r"\]"
        position += 1
    while position < len(pattern) and pattern[position] != "]":
        named = _NAMED.match(pattern, position)
        if named is not None:
            if named[1] is not None and named[1] not in _CLASSES:
                raise ValueRefused("Invalid character class in regular expression.")
            body += _CLASSES[named[1]] if named[1] is not None else re.escape(named[2] or named[3])
            position = named.end()
            continue
        character = pattern[position]
        body += "\\" + character if character in "\\[&~|" else character
        position += 1
    if position >= len(pattern):
        raise ValueRefused("Unmatched bracket in regular expression.")
    return body + "]", position + 1


def _translated(pattern: str) -> str:
    parts: list[str] = []
    position = 0
    while position < len(pattern):
        character = pattern[position]
        if character == "[":
            part, position = _bracket(pattern, position)
            parts.append(part)
            continue
        if character == "\\" and position + 1 < len(pattern):
            following = pattern[position + 1]
            known = following.isdigit() or following in "dDwWsSAZ"
            parts.append("\\" + following if known else re.escape(following))
            position += 2
            continue
        if character == "(" and pattern[position + 1 : position + 2] == "?":
            raise ValueRefused("Invalid regular expression.")
        parts.append(r"(?!\n)\Z" if character == "$" else character)
        position += 1
    return "".join(parts)


@lru_cache(maxsize=512)
def _compiled(pattern: str, options: str) -> re.Pattern[str]:
    flags = re.NOFLAG
    translated = _translated(pattern)
    for option in options:
        match option:
            case "i":
                flags |= re.IGNORECASE
            case "c":
                flags &= ~re.IGNORECASE
            case "n":
                flags |= re.DOTALL
            case "m":
                flags |= re.MULTILINE
                translated = translated.replace(r"(?!\n)\Z", "$")
            case "x":
                flags |= re.VERBOSE
            case _:
                raise ValueRefused("Invalid match parameter of a regular expression.")
    try:
        return re.compile(translated, flags)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueRefused("Invalid regular expression.") from error


def _start(position: Number) -> int:
    if int(position) < 1:
        raise ValueRefused("Argument out of range.")
    return int(position) - 1


def _nth(pattern: re.Pattern[str], text: str, start: int, occurrence: int) -> re.Match[str] | None:
    if start > len(text):
        return None
    for count, match in enumerate(pattern.finditer(text, start), 1):
        if count == occurrence:
            return match
    return None


def regexp_like(text: str, pattern: str, options: str = "") -> int:
    """REGEXP_LIKE as 0 or 1."""
    return int(_compiled(pattern, options).search(text) is not None)


def regexp_substr(
    text: str, pattern: str, position: Number = 1, occurrence: Number = 1, options: str = "", group: Number = 0
) -> str | None:
    """REGEXP_SUBSTR."""
    if int(occurrence) < 1:
        raise ValueRefused("Argument out of range.")
    compiled = _compiled(pattern, options)
    match = _nth(compiled, text, _start(position), int(occurrence))
    if match is None or int(group) > compiled.groups:
        return None
    return match.group(int(group)) or None


def regexp_instr(
    text: str,
    pattern: str,
    position: Number = 1,
    occurrence: Number = 1,
    after: Number = 0,
    options: str = "",
    group: Number = 0,
) -> int:
    """REGEXP_INSTR: where the match begins, or the place after it; 0 if there is none."""
    if int(occurrence) < 1:
        raise ValueRefused("Argument out of range.")
    compiled = _compiled(pattern, options)
    match = _nth(compiled, text, _start(position), int(occurrence))
    if match is None or int(group) > compiled.groups or match.start(int(group)) < 0:
        return 0
    return (match.end(int(group)) if after else match.start(int(group))) + 1


def regexp_count(text: str, pattern: str, position: Number = 1, options: str = "") -> int:
    """REGEXP_COUNT."""
    start = _start(position)
    return sum(1 for _ in _compiled(pattern, options).finditer(text, start)) if start <= len(text) else 0


def _replacement(match: re.Match[str], by: str) -> str:
    def part(found: re.Match[str]) -> str:
        if found[1] is None:
            return "\\"
        number = int(found[1])
        return (match.group(number) or "") if number <= (match.re.groups or 0) else ""

    return re.sub(r"\\(?:([1-9])|\\)", part, by)


def regexp_replace(
    text: str | None,
    pattern: str | None,
    by: str | None = None,
    position: Number | None = 1,
    occurrence: Number | None = 0,
    options: str | None = "",
) -> str | None:
    """REGEXP_REPLACE: occurrence 0 replaces all."""
    if text is None or pattern is None or position is None or occurrence is None:
        return text if pattern is None else None
    compiled = _compiled(pattern, options or "")
    start = _start(position)
    if start > len(text):
        return text
    head, nth = text[:start], int(occurrence)
    pieces: list[str] = [head]
    end = start
    for count, match in enumerate(compiled.finditer(text, start), 1):
        if nth and count != nth:
            continue
        pieces.extend((text[end : match.start()], _replacement(match, by or "")))
        end = match.end()
        if nth:
            break
    pieces.append(text[end:])
    return "".join(pieces) or None
