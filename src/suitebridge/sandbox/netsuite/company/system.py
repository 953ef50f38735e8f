"""What the system recorded itself: deletions in the holes between ids, and changes of entities and items."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.company.business import Business
from suitebridge.sandbox.netsuite.company.entities import moment
from suitebridge.sandbox.netsuite.company.rows import shape
from suitebridge.sandbox.netsuite.schema import SCHEMA

_DELETED = shape(
    "deletedrecord",
    ("recordtypeid", "recordid", "type", "name", "deleteddate", "deletedby", "context"),
    {"iscustomlist": "F", "iscustomrecord": "F", "iscustomtransaction": "F"},
)
_TRANSACTIONS = ("Sales Order", "Invoice", "Purchase Order", "Estimate", "Journal")
_ENTITIES = ("Customer", "Vendor", "Contact")
_EVERY = 3
"""Of that many holes one is a deletion; the others are saves that were rolled back."""


def write_deletions(business: Business) -> None:
    """Rows of deletedrecord for holes in the sequences of ids; a deletion comes after its neighbours' creation."""
    world = business.world
    today = world.calendar.today
    by = business.staff[0].id
    for sequence, kinds, table in (
        (world.transaction_ids, _TRANSACTIONS, "transaction"),
        (world.entity_ids, _ENTITIES, None),
        (world.item_ids, ("Inventory Item",), "item"),
    ):
        holes = sequence.holes[::_EVERY]
        for place, hole in enumerate(holes):
            if hole >= sequence.upcoming:
                continue
            name = kinds[place % len(kinds)]
            record_type = SCHEMA[table or name.lower()].record_type_id
            share = place * today // max(len(holes), 1)
            day = min(today, share + place % 11)
            world.rows["deletedrecord"].append(
                _DELETED(
                    (
                        record_type,
                        hole,
                        name,
                        f"{name} {hole}",
                        moment(world.calendar.iso[day], 75_000 + place * 17 % 10_000),
                        by,
                        "UIF" if place % 4 else "SLT",
                    )
                )
            )


def plan_entity_notes(business: Business) -> None:
    """System notes of customers, vendors and items, each on its day: entered, and made inactive."""
    world = business.world
    for table, parties in (("customer", business.customers), ("vendor", business.vendors)):
        record_type = SCHEMA[table].record_type_id or 0
        for party in parties:
            entered = (record_type, party.id, "RECORD.CREATED", None, party.name, party.stamp, 1)
            world.at(max(party.day, 0), _note, entered)
            if party.until is not None:
                stamp = moment(world.calendar.text(party.until), 54_000 + party.number % 3_600)
                world.at(max(party.until, 0), _note, (record_type, party.id, "ENTITY.BINACTIVE", "F", "T", stamp, 2))
    record_type = SCHEMA["item"].record_type_id or 0
    for good in business.catalog.items:
        entered = (record_type, good.item.id, "RECORD.CREATED", None, good.code, good.stamp, 1)
        world.at(max(good.day, 0), _note, entered)


def _note(business: Business, _day: int, note: tuple[int, int, str, str | None, str | None, str, int]) -> None:
    business.desk.note_record(*note)
