"""Rotating the certificates of client credentials: list, add, revoke (article_0209112818).

The help prints no statuses: a refused certificate is a 400, a missing permission a 403, an unknown one a 404."""

from __future__ import annotations

import msgspec

from suitebridge.sandbox.netsuite.caller import Caller
from suitebridge.sandbox.netsuite.login.certificates import Certificate, CertificateRefused, algorithm_of
from suitebridge.sandbox.netsuite.login.registry import Integration, Mapping, Registry
from suitebridge.sandbox.netsuite.roles import OWN_CERTIFICATES
from suitebridge.sandbox.netsuite.server import refusals
from suitebridge.sandbox.netsuite.server.errors import NO_PERMISSION, Answer, Refused, refused
from suitebridge.sandbox.netsuite.server.incoming import Incoming
from suitebridge.sandbox.netsuite.server.services import Services

_DATE = "%Y-%m-%d"


class Upload(msgspec.Struct):
    """What is posted; ids come as numbers or as texts."""

    fileContent: str
    role: int | str
    entity: int | str


def answer(incoming: Incoming, segments: tuple[str, ...], caller: Caller, services: Services) -> Answer:
    """The answer to a call that is logged in. `segments`: the client id and, to revoke, the certificate id."""
    registry = services.login.registry
    integration = registry.integrations.get(segments[0])
    if integration is None:
        raise refusals.no_such_address()
    if not caller.may(OWN_CERTIFICATES):
        raise refused(403, "INSUFFICIENT_PERMISSION", NO_PERMISSION)
    mappings = [one for one in services.login.certificates.of(integration) if _is_open(one.entity_id, caller)]
    if len(segments) > 1:
        return _revoke(segments[1], mappings, services)
    if incoming.method == "GET":
        return refusals.json_answer([_listed(one, integration, services) for one in mappings])
    return _add(incoming, integration, caller, services)


def _add(incoming: Incoming, integration: Integration, caller: Caller, services: Services) -> Answer:
    try:
        upload = msgspec.json.decode(incoming.body, type=Upload)
        role_id, entity_id = int(upload.role), int(upload.entity)
    except (msgspec.DecodeError, ValueError):
        raise refused(400, "INVALID_CONTENT", "The body needs fileContent, role and entity.") from None
    if not _is_open(entity_id, caller):
        raise refused(403, "INSUFFICIENT_PERMISSION", NO_PERMISSION)
    user = services.login.registry.user_of(entity_id)
    if user is None or role_id not in user.role_ids:
        raise refused(400, "USER_ERROR", "The entity does not have that role.")
    if integration.public:
        raise refused(400, "USER_ERROR", "A public client has no certificates.")
    now = services.clock.now()
    try:
        certificate = services.login.certificates.add(upload.fileContent, integration, entity_id, role_id, now)
    except CertificateRefused as error:
        raise _not_taken(error) from error
    body = {
        "entity_role_id": {"com": services.login.registry.account, "ent": entity_id, "rol": role_id},
        "application_id": integration.internal_id,
        **_printed(certificate),
        "created_at": now.strftime(_DATE),
        "valid_from": certificate.valid_from.strftime(_DATE),
        "valid_until": certificate.valid_until.strftime(_DATE),
        "invalidated": False,
    }
    return refusals.json_answer(body)


def _printed(certificate: Certificate) -> dict[str, object]:
    return {
        "certificate_id": certificate.certificate_id,
        "certificate": certificate.pem,
        "algorithm": certificate.algorithm,
    }


def _revoke(certificate_id: str, mappings: list[Mapping], services: Services) -> Answer:
    mapping = next((one for one in mappings if one.certificate_id == certificate_id), None)
    if mapping is None:
        raise refusals.no_such_address()
    services.login.certificates.revoke(mapping)
    return Answer(200, b"Successfully revoked", "text/plain")


def _listed(mapping: Mapping, integration: Integration, services: Services) -> dict[str, object]:
    role = services.roles.by_id(mapping.role_id)
    return {
        "application": {
            "id": integration.internal_id,
            "name": integration.name,
            "url": f"/app/common/integration/integrapp.nl?id={integration.internal_id}",
            "application_id": integration.application_id,
        },
        "entity": {
            "id": mapping.entity_id,
            "name": _entity_name(mapping.entity_id, services.login.registry),
            "url": f"/app/common/entity/entity.nl?id={mapping.entity_id}",
        },
        "role": {
            "id": mapping.role_id,
            "name": "" if role is None else role.name,
            "url": f"/app/setup/role.nl?id={mapping.role_id}",
        },
        "created": (mapping.created or mapping.valid_from).strftime(_DATE),
        "valid_from": mapping.valid_from.strftime(_DATE),
        "valid_until": mapping.valid_until.strftime(_DATE),
        "revoked": mapping.revoked,
        "certificate_id": mapping.certificate_id,
        "algorithm": algorithm_of(mapping.key),
    }


def _entity_name(entity_id: int, registry: Registry) -> str:
    user = registry.user_of(entity_id)
    return "" if user is None else user.name


def _is_open(entity_id: int, caller: Caller) -> bool:
    # The permission is for one's own certificates; who may do everything sees everybody's.
    return caller.permissions is None or caller.entity_id == entity_id


def _not_taken(error: CertificateRefused) -> Refused:
    return refused(400, "USER_ERROR", str(error))
