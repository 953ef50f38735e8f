"""What a caller may do with which records: permissions, and the subsidiaries a role is confined to."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.caller import Caller
from suitebridge.sandbox.netsuite.records.binding import BoundType, Catalogue
from suitebridge.sandbox.netsuite.records.definitions import STANDARD_TYPES, Family
from suitebridge.sandbox.netsuite.records.errors import (
    insufficient_permission,
    no_workbook,
    unknown_record_type,
)
from suitebridge.sandbox.netsuite.roles import WORKBOOK

_RELATIONSHIPS = {
    "customer": "customersubsidiaryrelationship",
    "vendor": "vendorsubsidiaryrelationship",
}


def resolve(catalogue: Catalogue, caller: Caller, record_type: str) -> BoundType:
    """The record type, if it exists for the caller and the role may use it. Raises RecordRefused (404, 403)."""
    bound = catalogue.find(record_type)
    if bound is None or not caller.has(bound.feature):
        raise unknown_record_type(record_type)
    if not caller.may(bound.definition.permission):
        raise insufficient_permission(bound.definition.permission_name)
    return bound


def require_workbook(caller: Caller) -> None:
    """Lists and filters run on SuiteAnalytics and need its permission; reading by id does not."""
    if not caller.may(WORKBOOK):
        raise no_workbook()


def confinement(bound: BoundType, caller: Caller) -> str | None:
    """A condition on `t` (and `m`) that leaves only rows of the caller's subsidiaries; None where all are seen."""
    if caller.subsidiaries is None or not caller.has("oneworld"):
        return None
    allowed = f"({', '.join(str(each) for each in sorted(caller.subsidiaries)) or 'NULL'})"
    table = bound.table.name
    if table in _RELATIONSHIPS:
        return f"EXISTS (SELECT 1 FROM {_RELATIONSHIPS[table]} r WHERE r.entity = t.id AND r.subsidiary IN {allowed})"
    if bound.family is Family.TRANSACTION:
        return f"m.subsidiary IN {allowed}"
    if bound.family is Family.ITEM:
        return f"EXISTS (SELECT 1 FROM itemsubsidiarymap r WHERE r.item = t.id AND r.subsidiary IN {allowed})"
    if table == "subsidiary":
        return f"t.id IN {allowed}"
    if table in ("employee", "contact", "partner"):
        return f"t.subsidiary IN {allowed}"
    return None


PERMISSIONS: frozenset[str] = frozenset(each.permission for each in STANDARD_TYPES if each.permission is not None)
"""Every permission that a record type asks for; a role that is to use them must hold them."""
