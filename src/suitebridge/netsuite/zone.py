"""Finds out in which time zone SuiteQL shows date-times: the dates of one or two records are read by REST, which shows
UTC, and by SuiteQL, which shows the wall clock of the company, and the zones in which both agree are looked for.

Oracle help: "Dates in REST web services" and "SuiteQL" (dates are text in the company's or user's preferences).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from suitebridge.errors import ConfigError
from suitebridge.netsuite.errors import NetSuiteError

DEFAULT: Final = "America/Los_Angeles"
"""The zone of NetSuite's own servers and of a company that has not chosen another."""

LIKELY: Final = (
    DEFAULT, "America/New_York", "America/Chicago", "America/Denver", "Europe/London", "Europe/Berlin", "Europe/Paris",
    "Australia/Sydney", "Asia/Tokyo", "Asia/Singapore", "Asia/Hong_Kong", "Asia/Kolkata", "America/Sao_Paulo",
    "America/Toronto", "America/Phoenix", "America/Mexico_City", "Europe/Helsinki", "Europe/Istanbul", "Asia/Dubai",
    "Africa/Johannesburg", "Pacific/Auckland", "Australia/Brisbane", "Australia/Adelaide", "Australia/Perth",
    "Asia/Manila", "Asia/Shanghai", "Asia/Jakarta", "America/Bogota", "America/Halifax", "Pacific/Honolulu",
    "America/Anchorage", "UTC",
)  # fmt: skip
"""Zones of most companies, the likelier first: of zones that agree with all that was seen, the first is taken."""

RECORDS: Final = ("customer", "vendor", "employee", "contact")
"""Records whose SuiteQL table has both dates and whose REST record type is named like the table."""

_FORMAT: Final = "YYYY-MM-DD HH24:MI:SS"
_WINTER: Final = (12, 1, 2)
_SUMMER: Final = (6, 7, 8)


@dataclass(frozen=True, slots=True)
class Seen:
    """One date seen from both sides: the instant by REST, the wall clock by SuiteQL."""

    instant: datetime
    wall: datetime


@dataclass(frozen=True, slots=True)
class Zone:
    """The zone that was found.

    `certain` is False where only one season was seen, or nothing at all; `seen` is False where no date was.
    """

    name: str
    certain: bool
    how: str
    seen: bool = True


Rows = Callable[[str], Awaitable[list[dict[str, object]]]]
Record = Callable[[str, str], Awaitable[Mapping[str, object]]]


async def find_zone(rows: Rows, record: Record, records: Sequence[str] = RECORDS) -> Zone:
    """The zone, by one query and one or two records.

    Args:
        rows: asks a SuiteQL query and gives its rows.
        record: gets a record by type and internal id.
        records: tables to look into, until one can be read both ways and has rows.

    Raises:
        ConfigError: dates were seen from both sides, but no zone explains them.
    """
    for table in records:
        try:
            found = await rows(sample_sql(table))
            chosen = choose(found)
            seen = [pair for row in chosen for pair in pairs(row, await record(table, str(row["id"])))]
        except NetSuiteError as error:
            if error.retryable:
                raise
            continue
        if seen:
            return decide(seen, f"{table} {' and '.join(str(row['id']) for row in chosen)}")
    return Zone(DEFAULT, False, "no record could be read both by REST and by SuiteQL", seen=False)


def sample_sql(table: str) -> str:
    """A query for both dates of up to 500 rows."""
    return (
        f"SELECT id, TO_CHAR(datecreated, '{_FORMAT}') AS created, TO_CHAR(lastmodifieddate, '{_FORMAT}') AS modified "
        f"FROM {table} WHERE ROWNUM <= 500"
    )


def choose(rows: Iterable[Mapping[str, object]]) -> list[Mapping[str, object]]:
    """The fewest rows whose dates show both a winter and a summer: one, two, or one of one season."""
    winter = summer = other = None
    for row in rows:
        seasons = {_season(row.get(name)) for name in ("created", "modified")}
        if {"winter", "summer"} <= seasons:
            return [row]
        winter = winter or (row if "winter" in seasons else None)
        summer = summer or (row if "summer" in seasons else None)
        other = other or (row if seasons != {None} else None)
    return [row for row in (winter, summer) if row is not None] or ([other] if other is not None else [])


def pairs(row: Mapping[str, object], record: Mapping[str, object]) -> list[Seen]:
    """The dates of a row that its REST record has too."""
    folded = {name.lower(): value for name, value in record.items()}
    seen: list[Seen] = []
    for alias, names in (("created", ("datecreated", "createddate")), ("modified", ("lastmodifieddate",))):
        wall = row.get(alias)
        instant = next((folded[name] for name in names if name in folded), None)
        if isinstance(wall, str) and isinstance(instant, str):
            seen.append(Seen(datetime.fromisoformat(instant).astimezone(UTC), datetime.fromisoformat(wall)))
    return seen


def decide(seen: Sequence[Seen], where: str) -> Zone:
    """The likeliest zone that explains everything seen.

    Raises:
        ConfigError: no zone does.
    """
    # REST may show fractions of a second or round them; SuiteQL shows whole seconds.
    for name in (*LIKELY, *_others()):
        zone = ZoneInfo(name)
        if all(
            abs((pair.instant.astimezone(zone).replace(tzinfo=None) - pair.wall).total_seconds()) < 2 for pair in seen
        ):
            return Zone(name, _both_seasons(seen), f"dates of {where} by REST and by SuiteQL")
    pair = seen[0]
    raise ConfigError(
        f"no time zone explains the dates of {where}: {pair.instant.isoformat()} by REST is {pair.wall} by SuiteQL",
        record="netsuite.zone",
        remedy="set the company's zone (Setup > Company > Company Information) as netsuite.zone",
    )


def known_zone(name: str) -> Zone:
    """A zone that was configured.

    Raises:
        ConfigError: there is no such zone.
    """
    if name not in available_timezones():
        raise ConfigError(
            f"there is no time zone {name!r}",
            record="netsuite.zone",
            remedy="use an IANA name such as America/Los_Angeles or Europe/Berlin",
        )
    return Zone(name, True, "configured")


@cache
def _others() -> tuple[str, ...]:
    return tuple(sorted(available_timezones() - set(LIKELY)))


def _both_seasons(seen: Sequence[Seen]) -> bool:
    months = {pair.instant.month for pair in seen}
    return bool(months & set(_WINTER)) and bool(months & set(_SUMMER))


def _season(text: object) -> str | None:
    if not isinstance(text, str) or len(text) < 7:
        return None
    month = int(text[5:7])
    return "winter" if month in _WINTER else "summer" if month in _SUMMER else "between"
