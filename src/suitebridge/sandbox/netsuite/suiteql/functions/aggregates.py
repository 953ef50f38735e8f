"""Oracle's aggregates that SQLite has not, as objects SQLite drives row by row, also over window frames."""

from __future__ import annotations

import math
from collections import Counter, deque
from collections.abc import Callable, Sequence
from typing import Any

Number = int | float
Finish = Callable[[Sequence[Any]], Any]


class Collected:
    """Keeps the values of a frame and computes at the end."""

    def __init__(self, finish: Finish) -> None:
        self._values: deque[Any] = deque()
        self._finish = finish

    def step(self, *arguments: Any) -> None:
        """A row enters; rows with a NULL do not count."""
        if None not in arguments:
            self._values.append(arguments if arguments[1:] else arguments[0])

    def inverse(self, *arguments: Any) -> None:
        """The oldest row leaves."""
        if None not in arguments:
            self._values.popleft()

    def value(self) -> Any:
        """The result for the present frame."""
        return self._finish(self._values)

    final = value


def median(values: Sequence[Number]) -> Number | None:
    """The middle value, or the mean of the two middle ones."""
    ordered = sorted(values)
    if not ordered:
        return None
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _squares(values: Sequence[Number]) -> float:
    mean = math.fsum(values) / len(values)
    return math.fsum((value - mean) ** 2 for value in values)


def var_pop(values: Sequence[Number]) -> float | None:
    """VAR_POP."""
    return _squares(values) / len(values) if values else None


def var_samp(values: Sequence[Number]) -> float | None:
    """VAR_SAMP: NULL for one row."""
    return _squares(values) / (len(values) - 1) if len(values) > 1 else None


def variance(values: Sequence[Number]) -> float | None:
    """VARIANCE: 0 for one row."""
    return 0.0 if len(values) == 1 else var_samp(values)


def _root(function: Callable[[Sequence[Number]], float | None]) -> Finish:
    def finish(values: Sequence[Number]) -> float | None:
        found = function(values)
        return None if found is None else math.sqrt(found)

    return finish


stddev = _root(variance)
stddev_pop = _root(var_pop)
stddev_samp = _root(var_samp)

Pairs = Sequence[tuple[Number, Number]]


def _covariance(pairs: Pairs) -> float:
    first = math.fsum(pair[0] for pair in pairs) / len(pairs)
    second = math.fsum(pair[1] for pair in pairs) / len(pairs)
    return math.fsum((one - first) * (other - second) for one, other in pairs)


def covar_pop(pairs: Pairs) -> float | None:
    """COVAR_POP."""
    return _covariance(pairs) / len(pairs) if pairs else None


def covar_samp(pairs: Pairs) -> float | None:
    """COVAR_SAMP: NULL for one row."""
    return _covariance(pairs) / (len(pairs) - 1) if len(pairs) > 1 else None


def corr(pairs: Pairs) -> float | None:
    """CORR: NULL without spread."""
    if not pairs:
        return None
    spread = _squares([pair[0] for pair in pairs]) * _squares([pair[1] for pair in pairs])
    return _covariance(pairs) / math.sqrt(spread) if spread > 0 else None


def _ranks(values: Sequence[Number]) -> list[float]:
    counts = Counter(values)
    rank_of: dict[Number, float] = {}
    below = 0
    for value in sorted(counts):
        rank_of[value] = below + (counts[value] + 1) / 2
        below += counts[value]
    return [rank_of[value] for value in values]


def corr_s(pairs: Pairs) -> float | None:
    """CORR_S: Spearman's."""
    return corr(list(zip(_ranks([p[0] for p in pairs]), _ranks([p[1] for p in pairs]), strict=True)))


def corr_k(pairs: Pairs) -> float | None:
    """CORR_K: Kendall's tau-b."""
    listed = list(pairs)
    agree = first_ties = second_ties = 0
    for index, (one, other) in enumerate(listed):
        for left, right in listed[index + 1 :]:
            first, second = (one > left) - (one < left), (other > right) - (other < right)
            agree += first * second
            first_ties += first == 0
            second_ties += second == 0
    whole = len(listed) * (len(listed) - 1) / 2
    below = math.sqrt((whole - first_ties) * (whole - second_ties))
    return agree / below if below else None


def distinct_count(values: Sequence[Any]) -> int:
    """COUNT(DISTINCT …) over a window."""
    return len(set(values))


def distinct_sum(values: Sequence[Number]) -> Number | None:
    """SUM(DISTINCT …) over a window."""
    return sum(set(values)) if values else None


class DistinctList:
    """LISTAGG(DISTINCT …): texts in the order they come, each once."""

    def __init__(self) -> None:
        self._texts: dict[str, None] = {}
        self._separator = ""

    def step(self, text: str | None, separator: str | None) -> None:
        """A row enters."""
        self._separator = separator or ""
        if text is not None:
            self._texts[text] = None

    def final(self) -> str | None:
        """The list."""
        return self._separator.join(self._texts) or None


_INNER: dict[str, Finish] = {
    "MAX": lambda values: max(values, default=None),
    "MIN": lambda values: min(values, default=None),
    "SUM": lambda values: sum(values) if values else None,
    "COUNT": len,
    "AVG": lambda values: math.fsum(values) / len(values) if values else None,
    "MEDIAN": median,
    "STDDEV": stddev,
    "VARIANCE": variance,
}
KEPT_FUNCTIONS = frozenset(_INNER)


class Kept:
    """KEEP (DENSE_RANK FIRST | LAST ORDER BY …): rows come in that order; only those that tie with the first or
    the last count. Arguments of a row: function, 'FIRST' or 'LAST', value, sort keys."""

    def __init__(self) -> None:
        self._values: list[Any] = []
        self._keys: tuple[Any, ...] | None = None
        self._function = "MAX"

    def step(self, function: str, end: str, value: Any, *keys: Any) -> None:
        """A row enters."""
        self._function = function
        if keys != self._keys:
            if self._keys is not None and end == "FIRST":
                return
            self._keys = keys
            self._values = []
        if value is not None:
            self._values.append(value)

    def final(self) -> Any:
        """The aggregate of the rows that stayed."""
        return _INNER[self._function](self._values)
