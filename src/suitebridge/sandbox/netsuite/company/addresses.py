"""Postal addresses, made for entities and copied onto their documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from suitebridge.sandbox.netsuite.company.names import Namer, Region
from suitebridge.sandbox.netsuite.company.rows import Row, Rows, Value, shape

ADDRESS_NAMES = (
    "nkey",
    "addressee",
    "attention",
    "addr1",
    "addr2",
    "city",
    "state",
    "dropdownstate",
    "zip",
    "country",
    "addrphone",
    "addrtext",
    "recordowner",
    "lastmodifieddate",
)


def address_text(*parts: Value) -> str:
    """An address as one text, a part a line."""
    return "\n".join(str(part) for part in parts if part is not None)


@dataclass(frozen=True, slots=True)
class Address:
    """An address; `values` are the columns from addressee to addrtext."""

    values: Row

    @property
    def state(self) -> str | None:
        """The state or province."""
        found = self.values[5]
        return found if isinstance(found, str) else None


def make_address(namer: Namer, random: Callable[[], float], region: Region, addressee: str) -> Address:
    """An address in a region."""
    city, state, prefix = region.cities[int(random() * len(region.cities))]
    number = 1 + int(random() * 320)
    street = namer.pick(region.streets)
    line = f"{number} {street}" if region.number_first else f"{street} {number}"
    digits = f"{int(random() * 100):02d}"
    code = (
        f"{prefix}{digits[0]} {digits[1]}AB"
        if region.country == "GB"
        else f"{prefix}{digits[0]} {digits[1]}B4"
        if region.country == "CA"
        else f"{prefix}-00{digits}"
        if region.country == "JP"
        else f"{prefix}{digits}"
    )
    roll = random()
    second = f"Suite {number}" if roll < 0.08 and region.number_first else None
    attention = f"Attn: {namer.pick(region.last)}" if roll > 0.93 else None
    text = address_text(addressee, attention, line, second, f"{city} {state or ''} {code}", region.country)
    return Address((addressee, attention, line, second, city, state, state, code, region.country, None, text))


ENTITY_ADDRESS = shape("entityaddress", ADDRESS_NAMES, {"override": "F"})
BILLING_ADDRESS = shape("transactionbillingaddress", ADDRESS_NAMES, {"override": "F"})
SHIPPING_ADDRESS = shape("transactionshippingaddress", ADDRESS_NAMES, {"override": "F"})
_BOOK_NAMES = (
    "internalid",
    "entity",
    "addressbookaddress",
    "defaultbilling",
    "defaultshipping",
    "isresidential",
    "label",
)
_BOOKS = {kind: shape(f"{kind}addressbook", _BOOK_NAMES) for kind in ("customer", "vendor")}


def write_entity_address(
    rows: Rows,
    kind: str,
    nkey: int,
    entity: int,
    address: Address,
    stamp: str,
    *,
    billing: bool,
    shipping: bool,
    residential: bool,
) -> None:
    """An address and its entry in the entity's address book; both have the same number."""
    rows["entityaddress"].append(ENTITY_ADDRESS((nkey, *address.values, entity, stamp)))
    label = address.values[2]
    rows[f"{kind}addressbook"].append(
        _BOOKS[kind](
            (
                nkey,
                entity,
                nkey,
                "T" if billing else "F",
                "T" if shipping else "F",
                "T" if residential else "F",
                label,
            )
        )
    )
