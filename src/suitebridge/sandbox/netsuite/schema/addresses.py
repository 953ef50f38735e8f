"""Address tables: one row an address, found by `nkey` from the record that shows it, never dated by that record."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.schema.define import boolean, datetime, identity, integer, ref, table, text
from suitebridge.sandbox.netsuite.schema.model import Table


def address_table(
    name: str, *, feature: str | None = None, permission: str | None = None, hidden: bool = False
) -> Table:
    """A table of addresses of that name."""
    return table(
        name,
        identity("nkey"),
        text("addressee", "attention", "addr1", "addr2", "addr3", "city", "state", "dropdownstate"),
        text("zip", "country", "addrphone", "addrtext"),
        boolean("override"),
        integer("recordowner"),
        datetime("lastmodifieddate"),
        key="nkey",
        display="addrtext",
        feature=feature,
        permission=permission,
        hidden=hidden,
        indexes=("recordowner",),
    )


def address_book(name: str, owner: str, permission: str) -> Table:
    """The address book sublist of the entity table `owner`."""
    return table(
        name,
        identity("internalid"),
        ref(owner, "entity"),
        ref("entityaddress", "addressbookaddress"),
        boolean("defaultbilling", "defaultshipping", "isresidential"),
        text("label"),
        key="internalid",
        required="entity addressbookaddress defaultbilling defaultshipping",
        display="label",
        permission=permission,
        indexes=("entity",),
    )
