"""The address subrecord, and the address books of entities (chapter_1545142407)."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.records.definitions.countries import COUNTRIES
from suitebridge.sandbox.netsuite.records.definitions.fields import (
    choices,
    computed,
    flags,
    integers,
    moments,
    texts,
)
from suitebridge.sandbox.netsuite.records.definitions.model import FieldKind, Sublist, Subrecord

ADDRESS_FIELDS = (
    *texts("addr1 addr2 addr3", maximum=150),
    *texts("addrPhone", maximum=32),
    *texts("addrText addressee attention city state zip", maximum=999),
    *choices("country", COUNTRIES),
    *flags("override"),
    *moments("lastModifiedDate", read_only=True),
)


def address(name: str, table: str, column: str) -> Subrecord:
    """An address subrecord whose `nkey` the owner's `column` holds."""
    return Subrecord(name, table, column, ADDRESS_FIELDS)


def address_book(table: str) -> Sublist:
    """The keyed `addressBook` sublist of an entity."""
    return Sublist(
        "addressBook",
        table,
        "entity",
        (
            *integers("id=internalid internalId=internalid", read_only=True),
            *computed("addressId", FieldKind.TEXT, "CAST(l.internalid AS TEXT)"),
            *computed(
                "addressBookAddress_text",
                FieldKind.TEXT,
                "(SELECT a.addrtext FROM entityaddress a WHERE a.nkey = l.addressbookaddress)",
            ),
            *flags("defaultBilling defaultShipping isResidential"),
            *texts("label", maximum=150),
        ),
        key=("internalId",),
        path="CAST(l.internalid AS TEXT)",
        order="l.internalid",
        subrecords=(address("addressBookAddress", "entityaddress", "addressbookaddress"),),
        writable=True,
    )
