"""The contacts of a company: those whose company it is and those attached to it, with their roles."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.records.definitions.fields import computed, refs, texts
from suitebridge.sandbox.netsuite.records.definitions.model import FieldKind, Owned, Sublist

PRIMARY_CONTACT = -10
CONTACT_ROLES = {
    "-10": "Primary Contact",
    "-20": "Alternate Contact",
    "-30": "Decision Maker",
    "-40": "Consultant",
}

OWNED = Owned("companycontactrelationship", "company")
"""Attachments go with the company."""

OWNED_BY_CONTACT = Owned("companycontactrelationship", "contact")
"""Attachments go with the contact."""

_ATTACHED = "companycontactrelationship r WHERE r.company = :record"

CONTACT_ROLES_LIST = Sublist(
    "contactRoles",
    "contact",
    "company",
    (
        *refs("contact=id", "contact"),
        *texts("email"),
        *computed(
            "role", FieldKind.REF, f"(SELECT r.role FROM {_ATTACHED} AND r.contact = l.id)", labels=CONTACT_ROLES
        ),
    ),
    path="CAST(l.id AS TEXT)",
    members=f"(l.company = :record OR l.id IN (SELECT r.contact FROM {_ATTACHED}))",
    order="l.id",
)
