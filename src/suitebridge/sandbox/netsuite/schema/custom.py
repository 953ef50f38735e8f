"""Custom lists and the custom record type of the sandbox's company."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.schema.define import (
    boolean,
    custom,
    date,
    datetime,
    identity,
    number,
    ref,
    table,
    text,
)
from suitebridge.sandbox.netsuite.schema.model import Table


def _custom_list(name: str, record_type_id: int) -> Table:
    return table(
        name,
        identity(),
        text("name"),
        boolean("isinactive"),
        text("externalid"),
        required="name isinactive",
        display="name",
        record_type_id=record_type_id,
    )


TABLES: tuple[Table, ...] = (
    _custom_list("customlist_sb_segment", 1),
    _custom_list("customlist_sb_rating", 2),
    _custom_list("customlist_sb_brand", 3),
    _custom_list("customlist_sb_channel", 4),
    table(
        "customrecord_sb_machine",
        identity(),
        text("externalid", "name"),
        boolean("isinactive"),
        ref("employee", "owner"),
        datetime("created", "lastmodified"),
        ref("employee", "lastmodifiedby"),
        custom(
            ref("customer", "custrecord_sb_machine_customer"),
            ref("item", "custrecord_sb_machine_item"),
            text("custrecord_sb_machine_serial"),
            date("custrecord_sb_machine_installed"),
            number("custrecord_sb_machine_hours"),
            boolean("custrecord_sb_machine_active"),
            text("custrecord_sb_machine_note"),
        ),
        required="isinactive created lastmodified",
        display="name",
        feature="customrecords",
        permission="LIST_CUSTRECORDENTRY",
        record_type_id=5,
        indexes=("lastmodified", "externalid"),
    ),
    table(
        "customrecordtype",
        identity("internalid"),
        text("scriptid", "name"),
        boolean("isinactive"),
        key="internalid",
        required="scriptid name isinactive",
        display="name",
        feature="customrecords",
    ),
)
