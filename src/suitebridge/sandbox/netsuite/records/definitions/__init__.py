"""REST record types as data: which fields and sublists each has, and where their values live."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.records.definitions.accounting import ACCOUNTING_TYPES
from suitebridge.sandbox.netsuite.records.definitions.custom import custom_fields, custom_types
from suitebridge.sandbox.netsuite.records.definitions.customers import CUSTOMER
from suitebridge.sandbox.netsuite.records.definitions.items import ITEM_TYPES
from suitebridge.sandbox.netsuite.records.definitions.lists import LIST_TYPES
from suitebridge.sandbox.netsuite.records.definitions.model import (
    Family,
    Field,
    FieldKind,
    Owned,
    Place,
    RecordType,
    Sublist,
    Subrecord,
)
from suitebridge.sandbox.netsuite.records.definitions.organization import (
    CLASSIFICATION,
    DEPARTMENT,
    LOCATION,
    SUBSIDIARY,
)
from suitebridge.sandbox.netsuite.records.definitions.payments import PAYMENT_TYPES
from suitebridge.sandbox.netsuite.records.definitions.people import CONTACT, EMPLOYEE, JOB, PARTNER
from suitebridge.sandbox.netsuite.records.definitions.purchases import PURCHASE_TYPES
from suitebridge.sandbox.netsuite.records.definitions.sales import SALES_TYPES
from suitebridge.sandbox.netsuite.records.definitions.vendors import VENDOR

STANDARD_TYPES: tuple[RecordType, ...] = (
    CUSTOMER,
    VENDOR,
    EMPLOYEE,
    CONTACT,
    PARTNER,
    JOB,
    *ITEM_TYPES,
    SUBSIDIARY,
    DEPARTMENT,
    CLASSIFICATION,
    LOCATION,
    *ACCOUNTING_TYPES,
    *LIST_TYPES,
    *SALES_TYPES,
    *PAYMENT_TYPES,
    *PURCHASE_TYPES,
)

__all__ = [
    "STANDARD_TYPES",
    "Family",
    "Field",
    "FieldKind",
    "Owned",
    "Place",
    "RecordType",
    "Sublist",
    "Subrecord",
    "custom_fields",
    "custom_types",
]
