"""Record actions, `@name` in an address (section_1540811112): what SuiteScript can do to the records there are."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from suitebridge.sandbox.netsuite.records.binding import BoundType
from suitebridge.sandbox.netsuite.records.errors import nonexistent_resource, user_error
from suitebridge.sandbox.netsuite.records.external_ids import record_id
from suitebridge.sandbox.netsuite.records.notes import note_changes
from suitebridge.sandbox.netsuite.records.rowvalues import extra_values
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.records.writing import find
from suitebridge.sandbox.netsuite.store import Row

_CONFIRMED, _DECLINED = "C", "E"
_ENDED = frozenset({"C", "D", "E", "V"})
_GROUPING = "forInvoiceGrouping"

Action = Callable[[Work, BoundType, Row], None]


def act(work: Work, bound: BoundType, record: str, action: str) -> int:
    """Does it and gives the record's internal id. Raises RecordRefused."""
    done = ACTIONS.get(bound.name, {}).get(action.lower())
    if done is None:
        raise nonexistent_resource(f"@{action}")
    current = find(work, bound, record_id(record))
    done(work, bound, current)
    internal_id = current[bound.key]
    assert isinstance(internal_id, int)
    return internal_id


def _confirm(work: Work, bound: BoundType, current: Row) -> None:
    if current["status"] in _ENDED:
        raise user_error("Only a payment that is not yet confirmed, declined or voided can be confirmed.")
    _change(work, bound, current, {"status": _CONFIRMED})


def _decline(work: Work, bound: BoundType, current: Row) -> None:
    # What was posted is money that left the bank: declining it would leave the books saying otherwise.
    if current["status"] in _ENDED or current["posting"] == "T":
        raise user_error("Only a payment that awaits its confirmation and is not posted can be declined.")
    _change(work, bound, current, {"status": _DECLINED})


def _mark(work: Work, bound: BoundType, current: Row) -> None:
    _group(work, bound, current, "T")


def _unmark(work: Work, bound: BoundType, current: Row) -> None:
    _group(work, bound, current, "F")


def _remove_from_group(work: Work, bound: BoundType, current: Row) -> None:
    raise user_error("The invoice does not belong to an invoice group.")


def _group(work: Work, bound: BoundType, current: Row, marked: str) -> None:
    stored = extra_values(current["extra"])
    if stored.get(_GROUPING, "F") != marked:
        stored[_GROUPING] = marked
        text = json.dumps(stored, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        _change(work, bound, current, {"extra": text})


def _change(work: Work, bound: BoundType, current: Row, row: Row) -> None:
    note_changes(work, bound, int(str(current[bound.key])), bound.fields, current, row)
    work.tx.update(bound.table.name, (current[bound.key],), {**row, "lastmodifieddate": work.now})


ACTIONS: Mapping[str, Mapping[str, Action]] = {
    "vendorPayment": {"confirm": _confirm, "decline": _decline},
    "invoice": {
        "markforgrouping": _mark,
        "unmarkforgrouping": _unmark,
        "removeinvoicefromgroup": _remove_from_group,
    },
}
"""What can be done to the records of each type."""
