"""Makes the parts of a sandbox from its options: company, credentials, login, engine, records, limits."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import apsw
from cryptography.hazmat.primitives.asymmetric import rsa

from suitebridge.sandbox.netsuite.clock import Clock
from suitebridge.sandbox.netsuite.company import REFERENCE_DATE
from suitebridge.sandbox.netsuite.company import cache as company
from suitebridge.sandbox.netsuite.company.cache import cached_company
from suitebridge.sandbox.netsuite.login.audit import AuditTrail
from suitebridge.sandbox.netsuite.login.credentials import Credentials, Holder, provide
from suitebridge.sandbox.netsuite.login.kept import Kept
from suitebridge.sandbox.netsuite.login.login import Foundations, Login
from suitebridge.sandbox.netsuite.login.registry import Registry
from suitebridge.sandbox.netsuite.login.signing import new_private_key, signing_key
from suitebridge.sandbox.netsuite.options import OptionError, SandboxOptions, cache_directory
from suitebridge.sandbox.netsuite.quirks import Quirks
from suitebridge.sandbox.netsuite.records import PERMISSIONS as RECORD_PERMISSIONS
from suitebridge.sandbox.netsuite.records import RecordService
from suitebridge.sandbox.netsuite.roles import ADMINISTRATOR, INTEGRATION, LIMITED, ROLE_IDS, Roles
from suitebridge.sandbox.netsuite.schema import PERMISSIONS, SCHEMA
from suitebridge.sandbox.netsuite.server.audit_rows import AuditRows
from suitebridge.sandbox.netsuite.server.faults import FaultOrder, Faults, faults_from
from suitebridge.sandbox.netsuite.server.governance import Pool
from suitebridge.sandbox.netsuite.server.interrupts import Interrupts
from suitebridge.sandbox.netsuite.server.jobs.processors import processors_for
from suitebridge.sandbox.netsuite.server.jobs.service import Jobs
from suitebridge.sandbox.netsuite.server.latency import Profile, profile_named
from suitebridge.sandbox.netsuite.server.metadata_route import MetadataRoute
from suitebridge.sandbox.netsuite.server.offset_clock import OffsetClock
from suitebridge.sandbox.netsuite.server.record_route import RecordRoute
from suitebridge.sandbox.netsuite.server.services import Services, Settings
from suitebridge.sandbox.netsuite.server.settings import features_of
from suitebridge.sandbox.netsuite.server.statistics import Statistics
from suitebridge.sandbox.netsuite.store import Store, StoreError, company_time
from suitebridge.sandbox.netsuite.store.files import copy_store
from suitebridge.sandbox.netsuite.store.statements import run
from suitebridge.sandbox.netsuite.suiteql import Engine, prepare

__all__ = ["Plan", "assemble", "new_private_key", "open_company", "plan"]

FIRST_USER = -5
"""Who acts where the company has no employee: NetSuite gives its first user this id."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Options that had to be understood before anything is made."""

    quirks: Quirks
    features: frozenset[str]
    latency: Profile
    faults: list[FaultOrder]


def plan(options: SandboxOptions) -> Plan:
    """Read the options that are written in words. Raises OptionError."""
    try:
        quirks = Quirks.parse(list(options.quirks))
        features = features_of(list(options.features))
        latency = profile_named(options.latency)
        faults = [] if options.faults is None else faults_from(options.faults)
        Pool(options.slots, options.shares)
        if options.processors is not None and options.processors < 1:
            raise ValueError("there is at least 1 processor")
    except (ValueError, KeyError) as error:
        raise OptionError(str(error)) from error
    return Plan(quirks, features, latency, faults)


def open_company(options: SandboxOptions, plan: Plan, clock: Clock, interrupts: Interrupts) -> Store:
    """The kept company of `options.state`, or a new one. Raises OptionError if the file cannot be used."""

    def ready(connection: apsw.Connection) -> None:
        prepare(connection)
        interrupts.watch(connection)

    now = company_time(clock, plan.quirks["zone"])
    today = options.today or REFERENCE_DATE
    directory = cache_directory(options)
    try:
        if options.state is None:
            return company.open_company(options.data, options.seed, today, directory, prepare=ready, now=now)
        if not options.state.exists():
            _found(options.state, cached_company(options.data, options.seed, today, directory))
        return Store.open(options.state, SCHEMA, prepare=ready, now=now)
    except (StoreError, OSError) as error:
        raise OptionError(str(error)) from error


def _found(state: Path, company_file: Path) -> None:
    """Begin a state with a company, whole or not at all."""
    unfinished = state.with_name(f"{state.name}.{os.getpid()}.part")
    try:
        copy_store(company_file, unfinished)
        os.replace(unfinished, state)
    finally:
        unfinished.unlink(missing_ok=True)


def assemble(
    options: SandboxOptions,
    plan: Plan,
    store: Store,
    place: Path,
    clock: OffsetClock,
    kept: Kept,
    new_key: rsa.RSAPrivateKey,
    started: float,
) -> tuple[Credentials, Services]:
    """All parts around an open company. `new_key` signs tokens unless another was kept; `started` is the monotonic
    moment from which statistics count."""
    registry = Registry(options.account)
    holders, confined_to = _holders(store)
    credentials = provide(place, registry, holders, options.key)
    settings = Settings(plan.features, plan.latency, plan.quirks["company-language"])
    rows = AuditRows(store, plan.quirks["zone"])
    algorithm = "RS256" if plan.quirks["token-algorithm"] == "RS256" else "PS256"
    login = Login(
        Foundations(
            registry,
            Roles(PERMISSIONS | RECORD_PERMISSIONS, confined_to),
            AuditTrail(rows.add),
            kept,
            signing_key(kept, options.account, new_key, clock.now(), algorithm),
            clock,
            lambda: settings.features,
            plan.quirks,
        )
    )
    faults = Faults()
    service = RecordService(SCHEMA, store, plan.quirks, clock)
    records = RecordRoute(service, plan.quirks)
    processors = options.processors or processors_for(options.slots)
    services = Services(
        login=login,
        roles=login.roles,
        pool=Pool(options.slots, options.shares),
        clock=clock,
        engine=Engine(SCHEMA, store, plan.quirks, clock),
        records=records,
        metadata=MetadataRoute(service, plan.quirks),
        jobs=Jobs(store, records, plan.quirks, clock, settings, faults, processors),
        quirks=plan.quirks,
        flush_audit=rows.flush,
        settings=settings,
        statistics=Statistics(started),
        faults=faults,
    )
    for order in plan.faults:
        services.faults.order(order)
    return credentials, services


def _holders(store: Store) -> tuple[tuple[Holder, ...], frozenset[int] | None]:
    """Three employees of the company act for the three roles; and what the limited one is confined to.

    The administrator may choose any role in the user interface, the others have their own.
    """
    with store.reading() as connection:
        staff = [
            (int(str(identifier)), str(name), None if email is None else str(email), subsidiary)
            for identifier, name, email, subsidiary in run(
                connection, "SELECT id, entityid, email, subsidiary FROM employee ORDER BY id"
            )
        ]
        subsidiaries = [
            int(str(row[0]))
            for row in run(connection, "SELECT id FROM subsidiary WHERE iselimination = 'F' ORDER BY id")
        ]
    staff = staff or [(FIRST_USER, "Administrator", None, None)]
    confined = subsidiaries[1] if len(subsidiaries) > 1 else next(iter(subsidiaries), None)
    spare = staff[2:] or staff[-1:]
    limited = next((one for one in spare if one[3] == confined), spare[0])
    chosen = {ADMINISTRATOR: staff[0], INTEGRATION: staff[min(1, len(staff) - 1)], LIMITED: limited}
    emails = [one[2] for one in chosen.values()]
    holders: list[Holder] = []
    for role, (identifier, name, email, _) in chosen.items():
        own = email if email is not None and emails.count(email) == 1 else f"{role}@sandbox.example"
        role_ids = tuple(ROLE_IDS.values()) if role == ADMINISTRATOR else (ROLE_IDS[role],)
        holders.append(Holder(role, ROLE_IDS[role], identifier, own, name, role_ids))
    return tuple(holders), None if confined is None else frozenset({confined})
