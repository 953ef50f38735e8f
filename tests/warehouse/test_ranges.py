"""Any set of keys, however sparse and clumped, is read exactly once by the ranges it is cut into."""

from __future__ import annotations

from collections import deque

from hypothesis import given
from hypothesis import strategies as st

from suitebridge.warehouse.ranges import Key, Range, from_bounds, from_extremes, recut

PAGE = 7

clumps = st.lists(st.tuples(st.integers(-50, 10_000), st.integers(1, 40)), max_size=6)
"""Clumps of ids in a row, with gaps between them: as an account's ids are."""

pairs = st.sets(st.tuples(st.integers(0, 30), st.integers(0, 9), st.sampled_from("ABC")), max_size=80)


def ids(found: list[tuple[int, int]]) -> list[Key]:
    return [(key,) for key in sorted({key for start, length in found for key in range(start, start + length)})]


def page(keys: list[Key], range_: Range) -> tuple[list[Key], bool]:
    inside = [
        key
        for key in keys
        if (range_.after is None or key > range_.after) and (range_.upto is None or key <= range_.upto)
    ]
    return inside[:PAGE], len(inside) > PAGE


def read(keys: list[Key], ranges: list[Range]) -> tuple[list[Key], int]:
    """All keys that come of the ranges, as a reader asks for them, and the number of pages."""
    waiting, found, pages = deque(ranges), [], 0
    while waiting:
        range_ = waiting.popleft()
        rows, more = page(keys, range_)
        found += rows
        pages += 1
        if more:
            waiting.extend(recut(Range(rows[-1], range_.upto), range_.after, rows[-1], len(rows), PAGE))
    return found, pages


def bounds(keys: list[Key]) -> list[Key]:
    return [key for number, key in enumerate(keys, start=1) if number % PAGE == 0 or number == len(keys)]


@given(clumps)
def test_exact_bounds_read_every_key_once_and_each_range_is_one_page(found: list[tuple[int, int]]) -> None:
    keys = ids(found)
    ranges = from_bounds(Range(), bounds(keys))
    got, pages = read(keys, ranges)
    assert sorted(got) == keys
    assert pages == -(-len(keys) // PAGE)


@given(pairs)
def test_composite_keys_are_cut_inside_a_first_value_too(found: set[tuple[int, int, str]]) -> None:
    keys: list[Key] = sorted(found)
    got, pages = read(keys, from_bounds(Range(), bounds(keys)))
    assert sorted(got) == keys
    assert pages == -(-len(keys) // PAGE)


@given(clumps, st.sets(st.integers(-60, 10_100), max_size=60))
def test_rows_that_were_added_after_the_bounds_are_read_too(found: list[tuple[int, int]], added: set[int]) -> None:
    keys = ids(found)
    ranges = from_bounds(Range(), bounds(keys))
    highest = keys[-1] if keys else None
    later = sorted({*keys, *((key,) for key in added if highest is not None and (key,) <= highest)})
    got, _ = read(later, ranges)
    assert sorted(got) == later


@given(clumps, st.integers(0, 1_000))
def test_a_resumed_range_ends_where_the_whole_one_does(found: list[tuple[int, int]], start: int) -> None:
    keys = ids(found)
    whole = Range((start,), None)
    rest = [key for key in keys if key > (start,)]
    got, _ = read(keys, from_bounds(whole, bounds(rest)))
    assert sorted(got) == rest


@given(clumps.filter(bool))
def test_even_ranges_are_cut_again_where_keys_are_dense(found: list[tuple[int, int]]) -> None:
    keys = ids(found)
    ranges = from_extremes(Range(), int(keys[0][0]), int(keys[-1][0]), len(keys), PAGE)
    got, _ = read(keys, ranges)
    assert sorted(got) == keys


@given(st.sets(st.text("ABCxyz09", min_size=1, max_size=3), min_size=1, max_size=60))
def test_text_keys_that_cannot_be_cut_are_read_page_after_page(found: set[str]) -> None:
    keys: list[Key] = [(key,) for key in sorted(found)]
    got, pages = read(keys, [Range()])
    assert got == keys
    assert pages == max(1, -(-len(keys) // PAGE))


def test_a_dense_half_of_a_wide_range_costs_few_pages_more() -> None:
    keys: list[Key] = [(key,) for key in range(100_000, 100_700)] + [(1,), (900_000,)]
    keys.sort()
    got, pages = read(keys, from_extremes(Range(), 1, 900_000, len(keys), PAGE))
    assert sorted(got) == keys
    assert pages < 5 * len(keys) // PAGE
