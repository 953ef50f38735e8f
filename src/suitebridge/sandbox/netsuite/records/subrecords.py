"""Writing address subrecords: a row of its own in an address table, with the text that labels print."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.records.binding import BoundSubrecord
from suitebridge.sandbox.netsuite.records.definitions.countries import COUNTRIES
from suitebridge.sandbox.netsuite.records.rowvalues import changed, columns
from suitebridge.sandbox.netsuite.records.shapes import Stored
from suitebridge.sandbox.netsuite.records.validation import Parsed
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.store import Row

COPIED = (
    "addressee",
    "attention",
    "addr1",
    "addr2",
    "addr3",
    "city",
    "state",
    "dropdownstate",
    "zip",
    "country",
    "addrphone",
    "addrtext",
    "override",
)


def address_text(row: Row) -> str | None:
    """An address as it is printed; the country's name stands last."""
    place = " ".join(str(row[name]) for name in ("city", "state", "zip") if row.get(name))
    country = row.get("country")
    lines: list[Stored] = [row.get(name) for name in ("attention", "addressee", "addr1", "addr2", "addr3")]
    lines.extend((place or None, COUNTRIES.get(str(country), str(country)) if country else None))
    return "\n".join(str(line) for line in lines if line) or None


def write_address(
    work: Work, subrecord: BoundSubrecord, parsed: Parsed, nkey: Stored, owner: int, addressee: Stored = None
) -> tuple[int, bool]:
    """Creates the address, or changes the one with that nkey; gives its nkey, and whether anything was written."""
    sent = columns(subrecord.fields, parsed.values)
    if "state" in sent:
        sent["dropdownstate"] = sent["state"]
    current = work.tx.get(subrecord.table, (nkey,)) if nkey is not None else None
    if current is not None and isinstance(nkey, int):
        return nkey, _change_address(work, subrecord.table, nkey, current, sent)
    if sent.get("addressee") is None and addressee is not None:
        sent["addressee"] = addressee
    if sent.get("override") != "T" or sent.get("addrtext") is None:
        sent["addrtext"] = address_text(sent)
    if sent.get("override") is None:
        sent["override"] = "F"
    number = work.tx.next_id(subrecord.table)
    work.tx.insert(subrecord.table, {"nkey": number, **sent, "recordowner": owner, "lastmodifieddate": work.now})
    return number, True


def _change_address(work: Work, table: str, nkey: int, current: Row, sent: Row) -> bool:
    if "override" in sent and sent["override"] is None:
        sent["override"] = "F"
    if {**current, **sent}["override"] != "T":
        # What is printed follows the parts, whatever was sent for it.
        sent.pop("addrtext", None)
    difference = changed(sent, current)
    if not difference:
        return False
    if "addrtext" not in difference and {**current, **sent}["override"] != "T":
        difference["addrtext"] = address_text({**current, **difference})
    work.tx.update(table, (nkey,), {**difference, "lastmodifieddate": work.now})
    return True


def copy_address(work: Work, source: str, nkey: Stored, target: str, owner: int) -> int | None:
    """Copies an address from one table into another; None where there is none."""
    found = work.tx.get(source, (nkey,)) if nkey is not None else None
    if found is None:
        return None
    number = work.tx.next_id(target)
    row: Row = {name: found[name] for name in COPIED}
    work.tx.insert(target, {"nkey": number, **row, "recordowner": owner, "lastmodifieddate": work.now})
    return number
