"""How the company is made up: subsidiaries, departments, classes, locations and books as rows."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.company.addresses import ADDRESS_NAMES, address_text
from suitebridge.sandbox.netsuite.company.geography import LOCATIONS, PARENT, SUBSIDIARIES
from suitebridge.sandbox.netsuite.company.periods import FISCAL_CALENDAR, Calendar
from suitebridge.sandbox.netsuite.company.rows import Rows, shape

BOOK = 1

DEPARTMENTS = (
    (1, "Sales", None),
    (2, "Field Sales", 1),
    (3, "Online", 1),
    (5, "Operations", None),
    (6, "Warehouse", 5),
    (7, "Service", None),
    (9, "Finance & Administration", None),
    (10, "Marketing", None),
)
CLASSES = ((1, "Tools", None), (2, "Machines", None), (3, "Parts", 2), (4, "Service", None), (6, "Other", None))


_SUBSIDIARY = shape(
    "subsidiary",
    (
        "id",
        "name",
        "fullname",
        "legalname",
        "email",
        "country",
        "state",
        "currency",
        "parent",
        "iselimination",
        "mainaddress",
        "tranprefix",
        "federalidnumber",
        "lastmodifieddate",
    ),
    {"isinactive": "F", "fiscalcalendar": FISCAL_CALENDAR},
)


def write_subsidiaries(rows: Rows, since: str) -> None:
    """Subsidiaries and their addresses."""
    address = shape("subsidiarymainaddress", ADDRESS_NAMES, {"override": "F"})
    by_id = {each.id: each for each in SUBSIDIARIES}
    for place, each in enumerate(SUBSIDIARIES):
        nkey = 11 + place
        street, city, state, code = each.address
        rows["subsidiarymainaddress"].append(
            address(
                (
                    nkey,
                    each.legal_name,
                    None,
                    street,
                    None,
                    city,
                    state,
                    state,
                    code,
                    each.country,
                    None,
                    address_text(each.legal_name, street, f"{city} {state or ''} {code}", each.country),
                    each.id,
                    f"{since} 08:00:00",
                )
            )
        )
        parent = by_id[each.parent] if each.parent else None
        rows["subsidiary"].append(
            _SUBSIDIARY(
                (
                    each.id,
                    each.name,
                    f"{parent.name} : {each.name}" if parent else each.name,
                    each.legal_name,
                    f"accounts.{each.prefix.lower()}@kestrel.example",
                    each.country,
                    each.state,
                    each.currency.id,
                    each.parent,
                    "T" if each.elimination else "F",
                    nkey,
                    each.prefix,
                    f"{each.country}-{88_1200 + 7 * each.id}",
                    f"{since} 08:01:{place:02d}",
                )
            )
        )


def write_segments(rows: Rows, since: str) -> None:
    """Departments and classes."""
    for table, entries in (("department", DEPARTMENTS), ("classification", CLASSES)):
        entry = shape(
            table,
            ("id", "name", "fullname", "parent", "lastmodifieddate"),
            {"subsidiary": str(PARENT), "includechildren": "T", "isinactive": "F"},
        )
        names = {number: name for number, name, _ in entries}
        for number, name, parent in entries:
            full = f"{names[parent]} : {name}" if parent else name
            rows[table].append(entry((number, name, full, parent, f"{since} 08:02:{number:02d}")))


def write_locations(rows: Rows, since: str) -> None:
    """Locations and their addresses."""
    address = shape("locationmainaddress", ADDRESS_NAMES, {"override": "F"})
    location = shape(
        "location",
        (
            "id",
            "name",
            "fullname",
            "parent",
            "subsidiary",
            "mainaddress",
            "locationtype",
            "makeinventoryavailable",
            "isinactive",
            "lastmodifieddate",
        ),
        {"usebins": "F", "includechildren": "F"},
    )
    names = {each.id: each.name for each in LOCATIONS}
    for each in LOCATIONS:
        nkey = 40 + each.id
        rows["locationmainaddress"].append(
            address(
                (
                    nkey,
                    each.name,
                    None,
                    each.addr1,
                    None,
                    each.city,
                    each.state,
                    each.state,
                    each.zip,
                    each.country,
                    None,
                    address_text(each.name, each.addr1, f"{each.city} {each.state or ''} {each.zip}", each.country),
                    each.id,
                    f"{since} 08:03:00",
                )
            )
        )
        rows["location"].append(
            location(
                (
                    each.id,
                    each.name,
                    f"{names[each.parent]} : {each.name}" if each.parent else each.name,
                    each.parent,
                    str(each.subsidiary),
                    nkey,
                    2 if each.stock else 1,
                    "T" if each.stock else "F",
                    "T" if each.inactive else "F",
                    f"{since} 08:03:{each.id:02d}",
                )
            )
        )


def write_books(rows: Rows, calendar: Calendar, since: str) -> None:
    """The accounting book, where it holds, and the fiscal calendar."""
    book = shape(
        "accountingbook",
        ("id", "name", "effectiveperiod", "subsidiariesstring", "lastmodifieddate"),
        {
            "isprimary": "T",
            "isadjustmentonly": "F",
            "isconsolidated": "F",
            "contingentrevenuehandling": "F",
            "twosteprevenueallocation": "F",
        },
    )
    text = ", ".join(each.name for each in SUBSIDIARIES)
    rows["accountingbook"].append(
        book((BOOK, "Primary Accounting Book", calendar.period[0], text, f"{since} 08:00:30"))
    )
    of_book = shape("accountingbooksubsidiaries", ("accountingbook", "subsidiary", "status"))
    for each in SUBSIDIARIES:
        rows["accountingbooksubsidiaries"].append(of_book((BOOK, each.id, "ACTIVE")))
    fiscal = shape("fiscalcalendar", ("id", "name", "fiscalmonth", "isdefault"))
    rows["fiscalcalendar"].append(fiscal((FISCAL_CALENDAR, "Standard Fiscal Calendar", "JANUARY", "T")))
