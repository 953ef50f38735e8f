from __future__ import annotations

from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suitebridge.sandbox.netsuite.records.dates import read_user_date
from suitebridge.sandbox.netsuite.records.shapes import (
    BadValue,
    json_moment,
    json_number,
    stored_date,
    stored_flag,
    stored_moment,
    stored_number,
    stored_text,
    stored_whole,
)
from suitebridge.sandbox.netsuite.records.wire import decode, encode

PACIFIC = ZoneInfo("America/Los_Angeles")


@given(st.integers(-(2**62), 2**62), st.sampled_from([0, 2, 4, 5, 8, 12]))
def test_a_scaled_number_is_written_and_read_without_noise(value, scale):
    written = encode({"n": json_number(value, scale)})
    read = decode(written)
    assert stored_number(read["n"], scale) == value
    assert Decimal(written.decode()[5:-1]) == Decimal(value).scaleb(-scale)


@pytest.mark.parametrize(
    ("sent", "scale", "stored"),
    [
        (0.1, 2, 10),
        (Decimal("19.99"), 2, 1999),
        ("19.99", 2, 1999),
        (1, 8, 10**8),
        (2.675, 2, 268),
        (-2.675, 2, -268),
        ("1e2", 2, 10_000),
    ],
)
def test_a_number_is_taken_exactly_and_rounded_half_away_from_zero(sent, scale, stored):
    assert stored_number(sent, scale) == stored


@pytest.mark.parametrize("sent", ["", "a", True, None, [], {}, "NaN", "1,000", float("inf"), 10**30])
def test_what_is_no_number_is_a_bad_value(sent):
    with pytest.raises(BadValue):
        stored_number(sent, 2)


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("2026-07-01T19:00:00Z", "2026-07-01 12:00:00"),
        ("2026-07-01T20:00:00+01:00", "2026-07-01 12:00:00"),
        ("2026-01-01T04:00:00.000Z", "2025-12-31 20:00:00"),
        ("2026-07-01T19:00Z", "2026-07-01 12:00:00"),
    ],
)
def test_a_written_moment_with_z_or_an_offset_is_converted_to_the_company_zone(sent, stored):
    assert stored_moment(sent, PACIFIC) == stored


def test_a_stored_moment_is_shown_in_utc_with_z():
    assert json_moment("2026-07-01 12:00:00", PACIFIC) == "2026-07-01T19:00:00Z"
    assert json_moment("2026-01-01 12:00:00", PACIFIC) == "2026-01-01T20:00:00Z"


@pytest.mark.parametrize("sent", ["2026-07-01", "2026-07-01T19:00:00", "yesterday", "2026-13-01T00:00:00Z", ""])
def test_a_moment_without_a_zone_is_a_bad_value(sent):
    with pytest.raises(BadValue):
        stored_moment(sent, PACIFIC)


@pytest.mark.parametrize("sent", ["2026-07-01", "2026-07-01T23:59:59Z", "2026-07-01T23:00:00-08:00"])
def test_a_date_never_shifts(sent):
    assert stored_date(sent) == "2026-07-01"


@pytest.mark.parametrize("sent", ["7/1/2026", "2026-02-30", "2026-07-01Tnoon", "x"])
def test_what_is_no_date_is_a_bad_value(sent):
    with pytest.raises(BadValue):
        stored_date(sent)


def test_flags_whole_numbers_and_texts_take_what_clients_send():
    assert [stored_flag(each) for each in (True, False, "true", "F")] == ["T", "F", "T", "F"]
    assert [stored_whole(each) for each in (7, "7", 7.0)] == [7, 7, 7]
    assert [stored_text(each) for each in ("a", "", 12)] == ["a", None, "12"]
    for convert, sent in ((stored_flag, 1), (stored_whole, 7.5), (stored_text, {}), (stored_text, True)):
        with pytest.raises(BadValue):
            convert(sent)


@pytest.mark.parametrize(
    ("text", "pattern", "day"),
    [
        ("1/2/2019", "M/D/YYYY", "2019-01-02"),
        ("01/02/2019", "M/D/YYYY", "2019-01-02"),
        ("1/2/2019", "D/M/YYYY", "2019-02-01"),
        ("2-Jan-2019", "D-Mon-YYYY", "2019-01-02"),
        ("2-JANUARY-2019", "D-MONTH-YYYY", "2019-01-02"),
        ("2.1.2019", "D.M.YYYY", "2019-01-02"),
        ("2019-01-02", "YYYY-MM-DD", "2019-01-02"),
        ("13/1/2019", "M/D/YYYY", None),
        ("1/2/19", "M/D/YYYY", None),
        ("2/30/2019", "M/D/YYYY", None),
    ],
)
def test_a_day_is_read_in_the_user_date_format(text, pattern, day):
    assert read_user_date(text, pattern) == day
