"""What the system itself records: deletions, changes, logins."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.schema.define import (
    boolean,
    coded_integer,
    datetime,
    identity,
    integer,
    ref,
    table,
    text,
)
from suitebridge.sandbox.netsuite.schema.model import Table

NOTE_TYPE_LABELS = {"1": "Create", "2": "Change", "3": "Delete"}

TABLES: tuple[Table, ...] = (
    table(
        "deletedrecord",
        integer("recordtypeid", "recordid"),
        text("type", "name"),
        datetime("deleteddate"),
        ref("entity", "deletedby"),
        boolean("iscustomlist", "iscustomrecord", "iscustomtransaction"),
        text("context"),
        key="recordtypeid recordid",
        required="type deleteddate iscustomlist iscustomrecord iscustomtransaction",
        display="name",
        permission="ADMI_DELETEDRECORD",
        indexes=("deleteddate", "recordid"),
    ),
    table(
        "systemnote",
        identity(),
        ref("entity", "name"),
        datetime("date"),
        integer("recordtypeid", "recordid"),
        text("field", "oldvalue", "newvalue"),
        coded_integer("type", NOTE_TYPE_LABELS),
        text("context"),
        integer("role"),
        required="date recordtypeid recordid type",
        permission="LIST_SYSTEMNOTES",
        indexes=("recordid recordtypeid", "date"),
    ),
    table(
        "loginaudit",
        identity(),
        datetime("date"),
        text("status", "detail"),
        ref("entity", "user"),
        integer("role"),
        text("ipaddress", "requesturi", "oauthappname", "oauthaccesstokenname", "secchallenge", "emailaddress"),
        required="date status",
        permission="ADMI_AUDITLOGIN",
        indexes=("date",),
    ),
    table("dual", text("dummy"), key="dummy"),
)
