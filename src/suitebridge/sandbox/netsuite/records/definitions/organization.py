"""Subsidiaries and the segments of a company: department, classification, location."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.records.definitions import labels
from suitebridge.sandbox.netsuite.records.definitions.addresses import address
from suitebridge.sandbox.netsuite.records.definitions.countries import COUNTRIES
from suitebridge.sandbox.netsuite.records.definitions.fields import (
    EXTERNAL_ID,
    Fields,
    choices,
    flags,
    moments,
    multis,
    refs,
    texts,
)
from suitebridge.sandbox.netsuite.records.definitions.model import Family, Owned, Place, RecordType

_EXTRA = Place.EXTRA

SUBSIDIARY = RecordType(
    name="subsidiary",
    table="subsidiary",
    family=Family.LIST,
    permission="LIST_SUBSIDIARY",
    permission_name="Setup -> Subsidiaries",
    modified="lastmodifieddate",
    fields=(
        *EXTERNAL_ID,
        *texts("name fullName legalName", maximum=83),
        *texts("email url", maximum=254),
        *choices("country", COUNTRIES),
        *texts("state tranPrefix federalIdNumber", maximum=60),
        *refs("currency", "currency"),
        *refs("fiscalCalendar", "fiscalCalendar"),
        *refs("parent", "subsidiary"),
        *flags("isElimination isInactive"),
        *moments("lastModifiedDate", read_only=True),
    ),
    subrecords=(address("mainAddress", "subsidiarymainaddress", "mainaddress"),),
)


def _segment(name: str, permission: str, title: str, target: str, *more: Fields, **options: object) -> RecordType:
    return RecordType(
        name=name,
        table=name.lower(),
        family=Family.LIST,
        permission=permission,
        permission_name=f"Lists -> {title}",
        modified="lastmodifieddate",
        writable=True,
        fields=(
            *EXTERNAL_ID,
            *texts("name", maximum=60, required=True),
            *texts("fullName", read_only=True),
            *refs("parent", target),
            *multis("subsidiary", "subsidiary"),
            *flags("includeChildren isInactive"),
            *moments("lastModifiedDate", read_only=True),
            *(field for group in more for field in group),
        ),
        **options,  # type: ignore[arg-type]
    )


DEPARTMENT = _segment("department", "LIST_DEPARTMENT", "Departments", "department")
CLASSIFICATION = _segment("classification", "LIST_CLASS", "Classes", "classification")
LOCATION = _segment(
    "location",
    "LIST_LOCATION",
    "Locations",
    "location",
    choices("locationType", labels.LOCATION_TYPE),
    flags("makeInventoryAvailable useBins"),
    texts("tranPrefix", maximum=8),
    choices("timeZone", None, _EXTRA),
    flags("allowStorePickup makeInventoryAvailableStore", _EXTRA),
    subrecords=(address("mainAddress", "locationmainaddress", "mainaddress"),),
    owned=(Owned("locationmainaddress", "recordowner"),),
)
