"""Contacts and projects of customers."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.company.entities import Party, moment
from suitebridge.sandbox.netsuite.company.names import REGIONS, TITLES, address_part
from suitebridge.sandbox.netsuite.company.rows import shape
from suitebridge.sandbox.netsuite.company.world import World

_CONTACT = shape(
    "contact",
    (
        "id",
        "externalid",
        "entityid",
        "entitytitle",
        "firstname",
        "lastname",
        "salutation",
        "title",
        "email",
        "phone",
        "company",
        "isinactive",
        "subsidiary",
        "datecreated",
        "lastmodifieddate",
        "custentity_sb_newsletter",
    ),
    {"isprivate": "F"},
)
_JOB = shape(
    "job",
    (
        "id",
        "entityid",
        "companyname",
        "altname",
        "customer",
        "parent",
        "currency",
        "startdate",
        "projectedenddate",
        "enddate",
        "percentcomplete",
        "comments",
        "isinactive",
        "datecreated",
        "lastmodifieddate",
    ),
    {"jobtype": 1, "entitystatus": 2},
)


def write_contact(world: World, number: int, internal_id: int, stamp: str, company: Party | None) -> None:
    """Row of a contact, of a customer or of nobody."""
    random = world.people_chance.random
    namer = world.namer
    subsidiary = company.subsidiary if company else world.subsidiaries[0]
    region = REGIONS[subsidiary.country]
    first, last = namer.person(region)
    name = namer.unique(f"{first} {last}")
    roll = random()
    world.rows["contact"].append(
        _CONTACT(
            (
                internal_id,
                f"crm-{number}" if roll < 0.2 else None,
                name,
                name,
                first,
                last,
                "Dr." if roll > 0.95 else None,
                namer.pick(TITLES),
                f"{address_part(first, 'p')}.{address_part(last, 'q')}{number}@contact.example",
                namer.phone(region) if roll < 0.7 else None,
                company.id if company else None,
                "T" if roll > 0.97 else "F",
                subsidiary.id,
                stamp,
                stamp,
                "T" if roll < 0.3 else "F" if roll < 0.4 else None,
            )
        )
    )


def write_job(world: World, number: int, internal_id: int, day: int, stamp: str, customer: Party) -> None:
    """Row of a project for a customer."""
    calendar = world.calendar
    name = f"PRJ{1001 + number} Refit {world.namer.pick(('Line 2', 'Workshop', 'Hall “B”', 'Saw mill'))}"
    ended = day + 160 < calendar.today
    world.rows["job"].append(
        _JOB(
            (
                internal_id,
                name,
                customer.company,
                name,
                customer.id,
                customer.id,
                customer.currency.id,
                calendar.text(day),
                calendar.text(day + 150),
                calendar.text(day + 160) if ended else None,
                1_000_000 if ended else 10_000 * (number % 90),
                None,
                "F",
                stamp,
                moment(calendar.text(day + 160), 40_000) if ended else stamp,
            )
        )
    )
