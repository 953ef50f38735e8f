"""The zone of SuiteQL's date-times is found from what REST and SuiteQL say of the same records."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from suitebridge.errors import ConfigError
from suitebridge.netsuite.errors import QueryError
from suitebridge.netsuite.zone import Seen, choose, decide, find_zone, known_zone

WINTER = datetime(2026, 1, 15, 18, 30, tzinfo=UTC)
SUMMER = datetime(2026, 7, 15, 18, 30, tzinfo=UTC)


def seen(zone: str, *instants: datetime) -> list[Seen]:
    return [Seen(instant, instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)) for instant in instants]


@pytest.mark.parametrize(
    "zone",
    [
        "America/Los_Angeles",
        "America/Phoenix",
        "America/New_York",
        "Europe/Berlin",
        "Asia/Kolkata",
        "Australia/Sydney",
        "UTC",
    ],
)
def test_two_seasons_tell_the_zone(zone: str) -> None:
    found = decide(seen(zone, WINTER, SUMMER), "customer 1")
    assert found.certain
    for instant in (WINTER, SUMMER):
        assert instant.astimezone(ZoneInfo(found.name)).utcoffset() == instant.astimezone(ZoneInfo(zone)).utcoffset()


def test_one_season_tells_the_likeliest_zone_and_says_that_it_is_not_certain() -> None:
    found = decide(seen("America/Phoenix", SUMMER), "customer 1")
    assert (found.name, found.certain) == ("America/Los_Angeles", False)


def test_a_zone_that_few_companies_use_is_found_too() -> None:
    assert decide(seen("Asia/Kathmandu", WINTER, SUMMER), "customer 1").name == "Asia/Kathmandu"


def test_dates_that_no_zone_explains_are_an_error_that_asks_for_the_zone() -> None:
    with pytest.raises(ConfigError) as caught:
        decide([Seen(WINTER, datetime(2026, 1, 15, 18, 47))], "customer 1")
    assert caught.value.record == "netsuite.zone"


def test_a_record_that_shows_both_seasons_is_preferred() -> None:
    rows = [
        {"id": "1", "created": "2026-01-05 10:00:00", "modified": "2026-01-06 10:00:00"},
        {"id": "2", "created": "2026-07-05 10:00:00", "modified": "2026-08-06 10:00:00"},
        {"id": "3", "created": "2025-12-05 10:00:00", "modified": "2026-06-06 10:00:00"},
    ]
    assert [row["id"] for row in choose(rows)] == ["3"]
    assert [row["id"] for row in choose(rows[:2])] == ["1", "2"]
    assert [row["id"] for row in choose(rows[1:2])] == ["2"]
    assert choose([]) == []


def test_a_record_type_that_cannot_be_read_is_passed_over() -> None:
    async def rows(sql: str) -> list[dict[str, object]]:
        if "FROM customer " in sql:
            raise QueryError("no such table", status=400)
        return [{"id": "7", "created": "2026-01-15 10:30:00", "modified": "2026-07-15 11:30:00"}]

    async def record(record_type: str, internal_id: str) -> dict[str, object]:
        assert (record_type, internal_id) == ("vendor", "7")
        return {"dateCreated": "2026-01-15T18:30:00Z", "lastModifiedDate": "2026-07-15T18:30:00Z"}

    found = asyncio.run(find_zone(rows, record))
    assert (found.name, found.certain) == ("America/Los_Angeles", True)


def test_without_any_record_the_default_is_taken_and_said_to_be_a_guess() -> None:
    async def rows(sql: str) -> list[dict[str, object]]:
        return []

    async def record(record_type: str, internal_id: str) -> dict[str, object]:
        raise AssertionError("there is no record to get")

    found = asyncio.run(find_zone(rows, record))
    assert (found.name, found.certain) == ("America/Los_Angeles", False)


def test_a_configured_zone_must_exist() -> None:
    assert known_zone("Europe/Berlin").certain
    with pytest.raises(ConfigError):
        known_zone("Europe/Brelin")
