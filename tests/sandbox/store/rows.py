"""Rows with what their tables demand."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.schema import SCHEMA
from suitebridge.sandbox.netsuite.store import Row, Value

MOMENT = "2026-01-15 09:30:00"
_DATED: Row = {"datecreated": MOMENT, "lastmodifieddate": MOMENT, "isinactive": "F"}


def customer(identifier: int, **more: Value) -> Row:
    return {
        "id": identifier,
        "entityid": f"C{identifier}",
        "entitytitle": f"C{identifier} Acme",
        "isperson": "F",
        "searchstage": "Customer",
        **_DATED,
        **more,
    }


def vendor(identifier: int, **more: Value) -> Row:
    return {
        "id": identifier,
        "entityid": f"V{identifier}",
        "entitytitle": f"V{identifier} Supply",
        "isperson": "F",
        **_DATED,
        **more,
    }


def named_person(identifier: int, **more: Value) -> Row:
    return {"id": identifier, "entityid": f"P{identifier}", "entitytitle": f"P{identifier} Doe", **_DATED, **more}


def partner_or_job(identifier: int, **more: Value) -> Row:
    return {"id": identifier, "entityid": f"J{identifier}", "companyname": "Joint Works", **_DATED, **more}


ENTITY_ROWS = {
    "customer": (customer, "CustJob"),
    "vendor": (vendor, "Vendor"),
    "employee": (named_person, "Employee"),
    "contact": (named_person, "Contact"),
    "partner": (partner_or_job, "Partner"),
    "job": (partner_or_job, "Job"),
}


def header(identifier: int, **more: Value) -> Row:
    return {
        "id": identifier,
        "tranid": f"SO{identifier}",
        "trandisplayname": f"Sales Order #SO{identifier}",
        "type": "SalesOrd",
        "recordtype": "salesorder",
        "trandate": "2026-01-15",
        "posting": "F",
        "status": "B",
        "voided": "F",
        "createddate": MOMENT,
        "lastmodifieddate": MOMENT,
        **more,
    }


def line(transaction: int, number: int, unique_key: int, **more: Value) -> Row:
    return {
        "uniquekey": unique_key,
        "transaction": transaction,
        "id": number,
        "linesequencenumber": number,
        "mainline": "T" if number == 0 else "F",
        "taxline": "F",
        **more,
    }


def accounting_line(transaction: int, number: int, **more: Value) -> Row:
    return {
        "transaction": transaction,
        "transactionline": number,
        "accountingbook": 1,
        "account": 54,
        "posting": "T",
        **more,
    }


def whole_row(table: str, values: Row) -> tuple[Value, ...]:
    """The values in the order of the table's columns."""
    return tuple(values.get(column.name) for column in SCHEMA[table].columns)
