"""Who the company deals with: employees, vendors, customers, and the order in which they were entered."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.company.addresses import Address
from suitebridge.sandbox.netsuite.company.geography import CurrencySpec, SubsidiarySpec
from suitebridge.sandbox.netsuite.posting import Account, Tax


class Employee:
    """An employee. `number` counts employees, `day` is the day of entry."""

    __slots__ = ("day", "department", "id", "left", "name", "number", "sales", "stamp", "subsidiary")

    def __init__(self, number: int, subsidiary: SubsidiarySpec, department: int, *, sales: bool) -> None:
        self.number = number
        self.subsidiary = subsidiary
        self.department = department
        self.sales = sales
        self.id = 0
        self.day = 0
        self.stamp = ""
        self.name = ""
        self.left = False


class Party:
    """A customer or a vendor, and what its documents brought about."""

    __slots__ = (
        "address",
        "balances",
        "company",
        "currency",
        "day",
        "default_keys",
        "deposits",
        "email",
        "expense",
        "first",
        "first_order",
        "first_sale",
        "goods",
        "id",
        "inactive",
        "last",
        "last_order",
        "last_sale",
        "level",
        "name",
        "number",
        "open",
        "parent",
        "payer",
        "person",
        "phone",
        "rep",
        "segment",
        "ship_address",
        "stage",
        "stamp",
        "subsidiaries",
        "subsidiary",
        "tax",
        "terms",
        "unbilled",
        "until",
    )

    def __init__(self, number: int, subsidiary: SubsidiarySpec, currency: CurrencySpec) -> None:
        self.number = number
        self.subsidiary = subsidiary
        self.subsidiaries: tuple[SubsidiarySpec, ...] = (subsidiary,)
        self.currency = currency
        self.id = 0
        self.day = 0
        self.stamp = ""
        self.name = ""
        self.company: str | None = None
        self.first: str | None = None
        self.last: str | None = None
        self.person = False
        self.email: str | None = None
        self.phone: str | None = None
        self.inactive = False
        self.until: int | None = None
        self.address: Address | None = None
        self.ship_address: Address | None = None
        self.default_keys: tuple[int | None, int | None] = (None, None)
        self.terms = 2
        self.level = 1
        self.tax: Tax | None = None
        self.payer = 0
        self.rep: Employee | None = None
        self.segment = 0
        self.stage = "Customer"
        self.parent: Party | None = None
        self.open: list[object] = []
        self.expense: Account | None = None
        self.goods = False
        self.balances: dict[int, int] = {}
        self.deposits: dict[int, int] = {}
        self.unbilled: dict[int, int] = {}
        self.first_order: str | None = None
        self.last_order: str | None = None
        self.first_sale: str | None = None
        self.last_sale: str | None = None


def moment(day_text: str, second: int) -> str:
    """A date and a second of that day as a stored date-time."""
    minute, seconds = divmod(second, 60)
    hour, minutes = divmod(minute, 60)
    return f"{day_text} {hour:02d}:{minutes:02d}:{seconds:02d}"
