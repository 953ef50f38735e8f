"""Employees and partners."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.company.entities import Employee, moment
from suitebridge.sandbox.netsuite.company.names import AMERICA, REGIONS, address_part
from suitebridge.sandbox.netsuite.company.rows import shape
from suitebridge.sandbox.netsuite.company.world import World

_JOBS = (
    (2, "Account Manager", True),
    (3, "Online Sales", True),
    (6, "Warehouse Clerk", False),
    (7, "Service Technician", False),
    (9, "Accountant", False),
    (10, "Marketing Assistant", False),
)


def plan_staff(world: World) -> list[Employee]:
    """The employees, the administrator first, each with a day of entry."""
    random = world.people_chance.random
    staff: list[Employee] = []
    for number in range(world.size.employees):
        subsidiary = world.subsidiaries[0]
        if number >= 3:
            subsidiary = world.subsidiaries[number % len(world.subsidiaries)]
        department, _, sales = _JOBS[(number * 5 + number // 6) % len(_JOBS)]
        employee = Employee(number, subsidiary, department, sales=sales and number > 0)
        # Half of the staff, one at least in every subsidiary, is there before the history begins.
        early = number < max(8, world.size.employees // 2)
        employee.day = -700 + number if early else int(random() * world.calendar.today * 0.9)
        if number == 0:
            employee.day = -1_000
        employee.left = number > 8 and random() < 0.08
        staff.append(employee)
    return staff


_EMPLOYEE = shape(
    "employee",
    (
        "id",
        "externalid",
        "entityid",
        "entitynumber",
        "entitytitle",
        "firstname",
        "lastname",
        "title",
        "email",
        "phone",
        "comments",
        "supervisor",
        "department",
        "class",
        "location",
        "subsidiary",
        "currency",
        "hiredate",
        "releasedate",
        "issalesrep",
        "giveaccess",
        "isinactive",
        "expenselimit",
        "purchaseorderlimit",
        "accountnumber",
        "initials",
        "socialsecuritynumber",
        "birthdate",
        "datecreated",
        "lastmodifieddate",
        "custentity_sb_badge",
    ),
    {"employeestatus": "ACTIVE", "employeetype": 1},
)


def write_staff(world: World, staff: list[Employee]) -> None:
    """Rows of employees; their ids are given already."""
    random = world.people_chance.random
    namer = world.namer
    calendar = world.calendar
    for employee in staff:
        region = REGIONS[employee.subsidiary.country]
        first, last = namer.person(region)
        if employee.number == 0:
            first, last = "Alex", "Administrator"
        employee.name = namer.unique(f"{first} {last}")
        released = min(calendar.today - 20, max(employee.day, 0) + 400) if employee.left else None
        changed = calendar.text(released) if released else employee.stamp[:10]
        boss = None
        if employee.number:
            boss = staff[0 if employee.number < 6 else 1 + employee.number % 5].id
        location = world.location_places[employee.subsidiary.id][0]
        title = next(text for department, text, _ in _JOBS if department == employee.department)
        if employee.number == 0:
            title = "Administrator"
        born = f"{1960 + int(random() * 42)}-{1 + int(random() * 12):02d}-{1 + int(random() * 28):02d}"
        world.rows["employee"].append(
            _EMPLOYEE(
                (
                    employee.id,
                    f"hr-{1000 + employee.number}" if employee.number % 3 == 1 else None,
                    employee.name,
                    employee.number + 1,
                    employee.name,
                    first,
                    last,
                    title,
                    f"{address_part(first, 'staff')}.{address_part(last, 'k')}{employee.number}@kestrel.example",
                    namer.phone(region),
                    None if random() < 0.9 else 'Works from home on Fridays; "ask first"',
                    boss,
                    employee.department,
                    4 if employee.department == 7 else None,
                    world.stock_locations[location].id,
                    employee.subsidiary.id,
                    employee.subsidiary.currency.id,
                    calendar.text(employee.day),
                    calendar.text(released) if released else None,
                    "T" if employee.sales else "F",
                    "T" if employee.number % 4 == 0 else "F",
                    "T" if employee.left else "F",
                    50_000,
                    500_000 if employee.number < 6 else None,
                    f"E-{employee.number:04d}",
                    first[:1] + last[:1],
                    f"900-{10 + employee.number % 90:02d}-{1000 + employee.number * 37 % 9000}",
                    born,
                    employee.stamp,
                    moment(changed, 61_200 + employee.number % 600) if employee.left else employee.stamp,
                    f"B{employee.number * 7919 % 100_000:05d}" if random() < 0.3 else None,
                )
            )
        )


_PARTNER = shape(
    "partner",
    (
        "id",
        "entityid",
        "companyname",
        "isperson",
        "firstname",
        "lastname",
        "email",
        "phone",
        "partnercode",
        "isinactive",
        "subsidiary",
        "datecreated",
        "lastmodifieddate",
    ),
)


def write_partner(world: World, number: int, internal_id: int, stamp: str) -> None:
    """Row of a partner."""
    namer = world.namer
    region = AMERICA if number % 2 else REGIONS["DE"]
    person = number % 5 == 4
    first, last = namer.person(region) if person else (None, None)
    name = namer.unique(f"{first} {last}") if person else namer.company(region)
    world.rows["partner"].append(
        _PARTNER(
            (
                internal_id,
                name,
                None if person else name,
                "T" if person else "F",
                first,
                last,
                f"{address_part(name, 'partner')}@partner.example",
                namer.phone(region),
                f"P{number:03d}",
                "T" if number % 9 == 8 else "F",
                1 if number % 2 else 2,
                stamp,
                stamp,
            )
        )
    )
