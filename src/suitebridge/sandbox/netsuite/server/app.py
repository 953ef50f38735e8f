"""One request from its arrival to its answer: login, slot, work in a thread, deadline, count."""

from __future__ import annotations

import asyncio
import sys
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from email.utils import format_datetime
from typing import TypeVar, TypeVarTuple
from uuid import uuid4

from aiohttp import web

from suitebridge.sandbox.netsuite.caller import Caller
from suitebridge.sandbox.netsuite.login.refusal import Detail, LoginRefused
from suitebridge.sandbox.netsuite.login.tba import SignedRequest
from suitebridge.sandbox.netsuite.roles import WORKBOOK
from suitebridge.sandbox.netsuite.server import (
    certificates_route,
    dataset_route,
    login_route,
    refusals,
    suiteql_route,
    system_route,
    wire,
)
from suitebridge.sandbox.netsuite.server.admin import Admin
from suitebridge.sandbox.netsuite.server.errors import Answer, Refused, rest_error, unexpected
from suitebridge.sandbox.netsuite.server.faults import Fault
from suitebridge.sandbox.netsuite.server.governance import PoolFull
from suitebridge.sandbox.netsuite.server.incoming import Incoming
from suitebridge.sandbox.netsuite.server.jobs.batch import refuse_synchronous
from suitebridge.sandbox.netsuite.server.jobs.submission import is_asynchronous
from suitebridge.sandbox.netsuite.server.languages import check_language
from suitebridge.sandbox.netsuite.server.latency import TOLERANCE, Kind
from suitebridge.sandbox.netsuite.server.limits import DATABASE_THREADS
from suitebridge.sandbox.netsuite.server.lines import lines_of
from suitebridge.sandbox.netsuite.server.routes import (
    ADMIN_PREFIX,
    LOGIN_ROUTES,
    ROOT,
    Route,
    has_space,
    route,
    service_of,
)
from suitebridge.sandbox.netsuite.server.services import Services
from suitebridge.sandbox.netsuite.server.statistics import Call

Arguments = TypeVarTuple("Arguments")
Result = TypeVar("Result")

LATE_HEADER = "X-Sandbox-Late"
OPERATION_HEADER = "X-N-OperationId"


@dataclass(slots=True)
class Progress:
    """What becomes known of a call on its way. `takes`: seconds from arrival to the answer's deadline."""

    kind: Kind
    arrived: float
    slots: int = 0
    held: bool = False
    share: str | None = None
    rejected: bool = False
    takes: float = 0.0
    integration: str | None = None
    late: float = 0.0


class Server:
    """Handles every request of the sandbox; `close` ends its threads."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._threads = ThreadPoolExecutor(DATABASE_THREADS, thread_name_prefix="sandbox")
        self._admin = Admin(services)

    def close(self) -> None:
        """End the threads; a query or task that still runs is waited for."""
        self._services.jobs.close()
        self._threads.shutdown(wait=True, cancel_futures=True)

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request; what aiohttp's server calls."""
        arrived = time.monotonic()
        incoming = wire.head(request)
        if incoming.path.startswith(ADMIN_PREFIX) and self._admin.serves(incoming):
            return await self._administer(request, incoming)
        found = route(incoming.path)
        progress = Progress(self._kind(incoming, found), arrived)
        fault: Fault | None = None
        answer = Answer(503)
        try:
            try:
                incoming = replace(incoming, body=await wire.body(request))
            except wire.BodyTooLarge:
                answer = refusals.body_too_large(self._services.quirks)
                return await wire.send(request, self._marked(answer, progress), close=True)
            fault = self._services.faults.next_for(progress.kind, incoming.method, incoming.path)
            if fault is not None and fault.kind == "cut_before":
                return wire.cut(request)
            try:
                # Work in a thread goes on, as NetSuite's may; what a call has begun when it is cut is not known.
                async with asyncio.timeout(self._services.settings.call_seconds):
                    answer = await self._answer(incoming, found, progress, fault)
                    await self._wait(progress, fault)
            except TimeoutError:
                if self._services.quirks["call-timeout"] == "cut":
                    return wire.cut(request)
                answer = rest_error(refusals.took_too_long(), self._services.quirks)
            answer = self._marked(answer, progress)
            if fault is not None and fault.kind == "cut_after":
                return wire.cut(request)
            if fault is not None and fault.kind == "cut_during":
                return await wire.send_half(request, answer)
            if fault is not None and fault.kind == "half_body":
                answer = replace(answer, body=answer.body[: len(answer.body) // 2])
            if fault is not None and fault.kind == "slow_body":
                return await wire.send_slowly(request, answer, fault.seconds)
            return await wire.send(request, answer)
        finally:
            if progress.held:
                self._services.pool.leave(progress.share)
            self._count(incoming, found, progress, answer, fault)

    async def _answer(self, incoming: Incoming, found: Route, progress: Progress, fault: Fault | None) -> Answer:
        surface = "restlet" if found.name == "restlet" else "rest"
        try:
            if fault is not None:
                await self._befall(fault)
            if found.name in LOGIN_ROUTES:
                return await self._log_in_there(incoming, found, progress)
            answer = await self._resource(incoming, found, progress, fault)
            if fault is not None and fault.kind == "error_after":
                raise unexpected()
            return answer
        except LoginRefused as refusal:
            await self._in_thread(self._services.flush_audit)
            return refusals.login(refusal, surface, self._services, incoming)
        except PoolFull:
            progress.rejected = True
            progress.slots = self._services.pool.in_use
            return await self._over_limit(surface, incoming)
        except Refused as refusal:
            return rest_error(refusal, self._services.quirks)
        except Exception:
            # What went wrong is for whoever runs the sandbox; the caller learns what NetSuite would tell.
            traceback.print_exc(file=sys.stderr)
            return rest_error(unexpected(), self._services.quirks)

    async def _befall(self, fault: Fault) -> None:
        match fault.kind:
            case "concurrency":
                raise PoolFull
            case "token_expired":
                self._services.login.issuer.revoke_all()
            case "slow_invalid_login":
                await asyncio.sleep(fault.seconds)
                raise LoginRefused(Detail.NO_CREDENTIALS, scheme="Bearer")
            case _:
                refusals.befall(fault.kind, self._services.quirks)

    async def _over_limit(self, surface: refusals.Surface, incoming: Incoming) -> Answer:
        chosen = self._services.quirks["over-limit"]
        if chosen == "refuse":
            return refusals.pool_full(surface, self._services, incoming)
        await asyncio.sleep(float(chosen))
        return refusals.login(LoginRefused(Detail.NO_CREDENTIALS, scheme="Bearer"), surface, self._services, incoming)

    async def _log_in_there(self, incoming: Incoming, found: Route, progress: Progress) -> Answer:
        """The answer of an address where one logs in."""
        if progress.kind == "token":
            progress.takes = self._services.settings.latency.seconds("token")
            if self._services.quirks["token-calls-in-pool"] == "yes":
                self._take_slot(progress, "")
        answer = login_route.answer(incoming, found, self._services)
        await self._in_thread(self._services.flush_audit)
        return answer

    def _kind(self, incoming: Incoming, found: Route) -> Kind:
        if found.name == "record" and is_asynchronous(incoming, found.segments, self._services.quirks):
            return "job"
        return found.kind(incoming.method)

    async def _resource(self, incoming: Incoming, found: Route, progress: Progress, fault: Fault | None) -> Answer:
        services = self._services
        if incoming.path.startswith(ROOT) and has_space(incoming.path) and found.name != "metadata":
            raise refusals.space_in_path()
        if found.name == "unknown" and not incoming.path.startswith(ROOT):
            raise refusals.no_such_address()
        asked = service_of(incoming.host, services.login.registry.host_id)
        if asked == "none" or (found.services and asked not in ("any", *found.services)):
            raise refusals.no_such_address()
        caller = self._log_in(incoming, found)
        if fault is not None and fault.kind == "column_gone":
            caller = replace(caller, gone=frozenset({fault.order.column.lower()}))
        progress.integration = caller.integration
        self._take_slot(progress, caller.integration)
        if found.name == "restlet":
            return refusals.no_such_script(incoming)
        if services.quirks["accept-language"] == "check":
            check_language(incoming.headers.get("accept-language"), services.settings.language)
        if found.name == "unknown":
            raise refusals.no_such_address()
        if incoming.method not in found.methods:
            raise refusals.method_not_allowed(found.methods)
        latency = services.settings.latency
        lines = lines_of(incoming.body) if progress.kind == "write" and latency.record_write_line else 0
        progress.takes = latency.seconds(progress.kind, lines)
        if found.name not in ("suiteql", "dataset", "record", "metadata", "job"):
            return self._plain(incoming, found, caller)
        return await self._in_thread(self._work, incoming, found, caller, progress.kind)

    def _take_slot(self, progress: Progress, integration: str) -> None:
        pool = self._services.pool
        progress.share = pool.enter(integration)
        progress.held = True
        progress.slots = pool.in_use

    def _log_in(self, incoming: Incoming, found: Route) -> Caller:
        return self._services.login.authenticate(
            SignedRequest(
                method=incoming.method,
                scheme=incoming.scheme,
                host=incoming.host,
                path=incoming.path,
                query=incoming.query,
                authorization=incoming.headers.get("authorization", ""),
                surface="restlet" if found.name == "restlet" else "rest",
            ),
            incoming.address,
            has_cookie="cookie" in incoming.headers,
        )

    def _plain(self, incoming: Incoming, found: Route, caller: Caller) -> Answer:
        """The answer to a call that needs no store."""
        services = self._services
        match found.name:
            case "server_time":
                return system_route.server_time(services.clock.now())
            case "governance_limits":
                return system_route.governance_limits(caller, services.pool, services.quirks)
            case "certificates":
                return certificates_route.answer(incoming, found.segments, caller, services)
            case "root":
                return Answer(204)
            case _:
                raise refusals.no_such_address()

    def _work(self, incoming: Incoming, found: Route, caller: Caller, kind: Kind) -> Answer:
        """The answer to a call on the company's data; runs in a thread."""
        services = self._services
        # The login of this very call is to be seen by a query of the audit trail.
        services.flush_audit()
        if kind == "job":
            answer = services.jobs.answer if found.name == "job" else services.jobs.submit
            return answer(incoming, found.segments, caller)
        if found.kind(incoming.method) in ("suiteql", "list"):
            refusals.demand_workbook(caller, WORKBOOK)
        if found.name == "suiteql":
            return suiteql_route.answer(incoming, caller, services.engine, services.quirks)
        if found.name == "dataset":
            return dataset_route.answer(incoming, found.segments, caller, services.engine, services.quirks)
        if found.name == "metadata":
            return services.metadata(incoming, found.segments, caller)
        refuse_synchronous(incoming, found.segments)
        return services.records(incoming, found.segments, caller)

    async def _wait(self, progress: Progress, fault: Fault | None) -> None:
        extra = fault.seconds if fault is not None and fault.kind == "delay" else 0.0
        deadline = progress.arrived + progress.takes + extra
        remaining = deadline - time.monotonic()
        if remaining > 0:
            await asyncio.sleep(remaining)
        late = time.monotonic() - deadline
        if progress.takes > 0 and late > TOLERANCE:
            progress.late = late

    def _marked(self, answer: Answer, progress: Progress) -> Answer:
        # The sandbox's clock may be set wrong, and a client that notices will look at this header first.
        date = format_datetime(self._services.clock.now(), usegmt=True)
        headers = (*answer.headers, ("Date", date))
        if progress.kind != "token":
            headers = (*headers, (OPERATION_HEADER, str(uuid4())))
        if progress.late > 0:
            headers = (*headers, (LATE_HEADER, f"{progress.late:.3f}"))
        return replace(answer, headers=headers)

    def _count(self, incoming: Incoming, found: Route, progress: Progress, answer: Answer, fault: Fault | None) -> None:
        statistics = self._services.statistics
        statistics.add(
            Call(
                method=incoming.method,
                path=found.template,
                kind=progress.kind,
                status=answer.status,
                slots=progress.slots,
                rejected=progress.rejected,
                bytes_in=len(incoming.body),
                bytes_out=len(answer.body),
                started=progress.arrived - statistics.since,
                seconds=time.monotonic() - progress.arrived,
                late=progress.late,
                integration=progress.integration,
                fault=None if fault is None else fault.kind,
            )
        )

    async def _administer(self, request: web.BaseRequest, incoming: Incoming) -> web.StreamResponse:
        try:
            incoming = replace(incoming, body=await wire.body(request))
        except wire.BodyTooLarge:
            return await wire.send(request, Answer(413), close=True)
        return await wire.send(request, self._admin.answer(incoming))

    async def _in_thread(self, function: Callable[[*Arguments], Result], *arguments: *Arguments) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._threads, function, *arguments)
