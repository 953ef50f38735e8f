"""Short lists that other records refer to: terms, price levels, categories, units, taxes, statuses."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.records.definitions.countries import COUNTRIES
from suitebridge.sandbox.netsuite.records.definitions.fields import (
    EXTERNAL_ID,
    Fields,
    choices,
    computed,
    flags,
    integers,
    moments,
    numbers,
    refs,
    texts,
)
from suitebridge.sandbox.netsuite.records.definitions.model import (
    Family,
    FieldKind,
    Owned,
    Place,
    RecordType,
    Sublist,
)


def _list(name: str, permission: str | None, title: str, *fields: Fields, **options: object) -> RecordType:
    return RecordType(
        name=name,
        table=name.lower(),
        family=Family.LIST,
        permission=permission,
        permission_name=title,
        fields=tuple(field for group in fields for field in group),
        **{"writable": True, **options},  # type: ignore[arg-type]
    )


_NAME = texts("name", maximum=60, required=True)
_SETUP = "Setup -> Accounting Lists"

TERM = _list(
    "term",
    "LIST_TERM",
    _SETUP,
    EXTERNAL_ID,
    _NAME,
    integers("daysUntilNetDue daysUntilExpiry"),
    numbers("discountPercent"),
    flags("dateDriven isInactive preferred"),
    integers("dayOfMonthNetDue dueNextMonthIfWithinDays dayDiscountExpires", Place.EXTRA),
    numbers("discountPercentDateDriven", Place.EXTRA),
)
PRICE_LEVEL = _list(
    "priceLevel", "LIST_PRICELEVEL", _SETUP, EXTERNAL_ID, _NAME, numbers("discountPct"), flags("isOnline isInactive")
)
PAYMENT_METHOD = _list(
    "paymentMethod",
    "LIST_PAYMETH",
    _SETUP,
    EXTERNAL_ID,
    _NAME,
    refs("methodType=methodtype", None),
    flags("undepFunds"),
    refs("account", "account"),
    flags("isInactive"),
    flags("creditCard isDebitCard isOnline", Place.EXTRA),
)
CUSTOMER_CATEGORY = _list("customerCategory", "LIST_CATEGORY", _SETUP, EXTERNAL_ID, _NAME, flags("isInactive"))
VENDOR_CATEGORY = _list(
    "vendorCategory",
    "LIST_CATEGORY",
    _SETUP,
    EXTERNAL_ID,
    _NAME,
    flags("isInactive isTaxAgency"),
    moments("lastModifiedDate", read_only=True),
    modified="lastmodifieddate",
)
CUSTOMER_STATUS = RecordType(
    name="customerStatus",
    table="entitystatus",
    key="key",
    family=Family.LIST,
    permission="LIST_ENTITYSTATUS",
    permission_name="Setup -> Customer Status",
    fields=(
        *texts("name"),
        *texts("stage=entitytype"),
        *flags("isInactive=inactive"),
        *numbers("probability"),
    ),
)
UNITS_TYPE = _list(
    "unitsType",
    "LIST_UNIT",
    "Lists -> Units",
    _NAME,
    flags("isInactive"),
    owned=(Owned("unitstypeuom", "unitstype"),),
    sublists=(
        Sublist(
            "uom",
            "unitstypeuom",
            "unitstype",
            (
                *integers("internalId=internalid", read_only=True),
                *texts("unitName", maximum=60, required=True),
                *texts("pluralName abbreviation", maximum=60),
                *numbers("conversionRate", required=True),
                *flags("baseUnit"),
            ),
            key=("internalId",),
            path="CAST(l.internalid AS TEXT)",
            order="l.internalid",
            writable=True,
        ),
    ),
)
SALES_TAX_ITEM = _list(
    "salesTaxItem",
    "LIST_TAXITEM",
    "Lists -> Tax Items",
    EXTERNAL_ID,
    texts("itemId", maximum=60, required=True, label="Tax Name"),
    texts("description", maximum=999),
    numbers("rate", required=True),
    refs("taxAgency", "vendor"),
    refs("taxAccount", "account"),
    flags("isInactive"),
)
TAX_TYPE = _list(
    "taxType",
    "LIST_TAXITEM",
    "Lists -> Tax Items",
    _NAME,
    choices("country", COUNTRIES),
    texts("description", maximum=999),
    flags("isInactive"),
)
NEXUS = _list(
    "nexus",
    "LIST_TAXITEM",
    "Lists -> Tax Items",
    choices("country", COUNTRIES, required=True),
    texts("state", maximum=60),
    texts("description", maximum=60),
    refs("taxAgency", "vendor"),
)
INVENTORY_NUMBER = RecordType(
    name="inventoryNumber",
    table="inventorynumber",
    family=Family.LIST,
    permission="LIST_ITEM",
    permission_name="Lists -> Items",
    modified="lastmodifieddate",
    fields=(
        *EXTERNAL_ID,
        *texts("inventoryNumber memo"),
        *refs("item", "item"),
        *computed("expirationDate", FieldKind.DATE, "t.expirationdate"),
        *moments("dateCreated lastModifiedDate", read_only=True),
    ),
)
CUSTOMER_SUBSIDIARY = RecordType(
    name="customerSubsidiaryRelationship",
    table="customersubsidiaryrelationship",
    family=Family.LIST,
    permission="LIST_CUSTJOB",
    permission_name="Lists -> Customers",
    modified="lastmodifieddate",
    fields=(
        *EXTERNAL_ID,
        *texts("name"),
        *refs("entity", "customer"),
        *refs("subsidiary", "subsidiary"),
        *flags("isPrimarySub"),
        *refs("primaryCurrency", "currency"),
        *numbers("balance depositBalance unbilledOrders", scale=2),
        *moments("lastModifiedDate", read_only=True),
    ),
)
VENDOR_SUBSIDIARY = RecordType(
    name="vendorSubsidiaryRelationship",
    table="vendorsubsidiaryrelationship",
    family=Family.LIST,
    permission="LIST_VENDOR",
    permission_name="Lists -> Vendors",
    modified="lastmodifieddate",
    fields=(
        *EXTERNAL_ID,
        *texts("name"),
        *refs("entity", "vendor"),
        *refs("subsidiary", "subsidiary"),
        *flags("isPrimarySub"),
        *refs("primaryCurrency", "currency"),
        *numbers("balance creditLimit", scale=2),
        *moments("lastModifiedDate", read_only=True),
    ),
)

LIST_TYPES = (
    TERM,
    PRICE_LEVEL,
    PAYMENT_METHOD,
    CUSTOMER_CATEGORY,
    VENDOR_CATEGORY,
    CUSTOMER_STATUS,
    UNITS_TYPE,
    SALES_TAX_ITEM,
    TAX_TYPE,
    NEXUS,
    INVENTORY_NUMBER,
    CUSTOMER_SUBSIDIARY,
    VENDOR_SUBSIDIARY,
)
