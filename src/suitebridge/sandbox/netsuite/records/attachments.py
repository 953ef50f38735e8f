"""Attaching contacts to records and detaching them (article_0113084334): who belongs to whom, and in which role."""

from __future__ import annotations

from collections.abc import Mapping

from suitebridge.sandbox.netsuite.records.access import resolve
from suitebridge.sandbox.netsuite.records.binding import BoundType
from suitebridge.sandbox.netsuite.records.definitions.contact_roles import CONTACT_ROLES, PRIMARY_CONTACT
from suitebridge.sandbox.netsuite.records.errors import (
    RecordRefused,
    invalid_request,
    invalid_shape,
    invalid_value,
    nonexistent_id,
    user_error,
)
from suitebridge.sandbox.netsuite.records.external_ids import record_id
from suitebridge.sandbox.netsuite.records.shapes import is_object
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.records.writing import find

ATTACHED_TO = frozenset({"customer", "vendor", "partner", "job"})
"""Record types that contacts can be attached to."""

_TABLE = "companycontactrelationship"


def attach(work: Work, bound: BoundType, record: str, kind: str, attached: str, body: Mapping[str, object]) -> None:
    """Attaches a contact, or gives one that is attached another role. Raises RecordRefused."""
    company, contact = _both(work, bound, record, kind, attached)
    role = _role(body)
    if role == PRIMARY_CONTACT:
        for row in work.rows(f"SELECT contact FROM {_TABLE} WHERE company = ? AND role = ?", company, role):
            if row["contact"] != contact:
                work.tx.update(_TABLE, (company, row["contact"]), {"role": None})
    if work.tx.get(_TABLE, (company, contact)) is None:
        work.tx.insert(_TABLE, {"company": company, "contact": contact, "role": role})
    elif role is not None:
        work.tx.update(_TABLE, (company, contact), {"role": role})
    if bound.name == "customer" and work.value("SELECT company FROM contact WHERE id = ?", contact) is None:
        work.tx.update("contact", (contact,), {"company": company, "lastmodifieddate": work.now})


def detach(work: Work, bound: BoundType, record: str, kind: str, attached: str, body: Mapping[str, object]) -> None:
    """Detaches a contact; one that is not attached stays so. Raises RecordRefused."""
    company, contact = _both(work, bound, record, kind, attached)
    _role(body)
    work.tx.delete(_TABLE, (company, contact))
    if work.value("SELECT company FROM contact WHERE id = ?", contact) == company:
        work.tx.update("contact", (contact,), {"company": None, "lastmodifieddate": work.now})


def _both(work: Work, bound: BoundType, record: str, kind: str, attached: str) -> tuple[int, int]:
    owner = find(work, bound, record_id(record))
    if kind.lower() == "file":
        # The company has no file cabinet, so there is no file of any id.
        raise nonexistent_id()
    if kind.lower() != "contact":
        raise invalid_request(f"Records of the type '{kind}' cannot be attached.")
    if bound.name not in ATTACHED_TO:
        raise user_error(f"A contact cannot be attached to a record of the type {bound.name}.")
    contact = find(work, resolve(work.catalogue, work.caller, "contact"), record_id(attached))
    company, other = owner[bound.key], contact["id"]
    assert isinstance(company, int)
    assert isinstance(other, int)
    return company, other


def _role(body: Mapping[str, object]) -> int | None:
    if body.keys() - {"role"}:
        raise RecordRefused(400, [invalid_shape("Only the role can be given.")])
    role = body.get("role")
    if role is None:
        return None
    if is_object(role):
        role = role.get("id", role.get("externalId"))
    known = None if isinstance(role, bool) else CONTACT_ROLES.get(str(role))
    if known is None:
        raise RecordRefused(400, [invalid_value(role, "role", "role")])
    return int(str(role))
