"""The custom record "Machine": what customers have standing in their workshops."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.company.business import Business
from suitebridge.sandbox.netsuite.company.entities import moment
from suitebridge.sandbox.netsuite.company.rows import shape

_MACHINE = shape(
    "customrecord_sb_machine",
    (
        "id",
        "externalid",
        "name",
        "isinactive",
        "owner",
        "created",
        "lastmodified",
        "lastmodifiedby",
        "custrecord_sb_machine_customer",
        "custrecord_sb_machine_item",
        "custrecord_sb_machine_serial",
        "custrecord_sb_machine_installed",
        "custrecord_sb_machine_hours",
        "custrecord_sb_machine_active",
        "custrecord_sb_machine_note",
    ),
)


def write_machines(business: Business) -> None:
    """Rows of machines, of customers who were there when theirs was installed."""
    world = business.world
    random = world.goods_chance.random
    today = world.calendar.today
    machines = [good for good in business.catalog.items if good.kind_class == 2] or business.catalog.items
    number = 0
    for count in range(world.size.machines):
        number += 1 + (count % 37 == 36) * int(random() * 30)
        customer = business.customers[int(random() * len(business.customers))]
        good = machines[int(random() * len(machines))]
        day = max(customer.day, 0) + int(random() * (today - max(customer.day, 0)))
        changed = day + int(random() * (today - day))
        roll = random()
        world.rows["customrecord_sb_machine"].append(
            _MACHINE(
                (
                    number,
                    f"iot-{number:06d}" if roll < 0.5 else None,
                    f"{good.name} #{number}",
                    "T" if roll > 0.95 else "F",
                    business.staff[count % len(business.staff)].id,
                    moment(world.calendar.text(day), 30_000 + count % 20_000),
                    moment(world.calendar.text(changed), 52_000 + count % 20_000),
                    business.staff[0].id,
                    customer.id,
                    good.item.id,
                    f"SN{number * 7_919 % 10_000_000:07d}" if roll < 0.9 else None,
                    world.calendar.text(day) if roll < 0.8 else None,
                    int(random() * 90_000_000) if roll < 0.6 else None,
                    "T" if roll < 0.7 else "F" if roll < 0.85 else None,
                    "Läuft rund; Wartung „halbjährlich“" if roll < 0.08 else None,
                )
            )
        )
