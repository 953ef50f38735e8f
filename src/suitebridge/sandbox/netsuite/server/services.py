"""All that an answer is made from, put together once by the sandbox."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from suitebridge.sandbox.netsuite.caller import Caller
from suitebridge.sandbox.netsuite.login.login import Login
from suitebridge.sandbox.netsuite.roles import Roles
from suitebridge.sandbox.netsuite.server.errors import Answer
from suitebridge.sandbox.netsuite.server.faults import Faults
from suitebridge.sandbox.netsuite.server.governance import Pool
from suitebridge.sandbox.netsuite.server.incoming import Incoming
from suitebridge.sandbox.netsuite.server.latency import NONE, Profile
from suitebridge.sandbox.netsuite.server.limits import LONGEST_CALL
from suitebridge.sandbox.netsuite.server.offset_clock import OffsetClock
from suitebridge.sandbox.netsuite.server.statistics import Statistics

if TYPE_CHECKING:
    from suitebridge.sandbox.netsuite.server.jobs.service import Jobs
    from suitebridge.sandbox.netsuite.suiteql.engine import Engine


class RecordAnswerer(Protocol):
    """Answers one call of the record service; it may raise Refused."""

    def __call__(self, incoming: Incoming, segments: Sequence[str], caller: Caller) -> Answer: ...


@dataclass(slots=True)
class Settings:
    """What can be changed while the sandbox runs.

    `language` is the company's, as in Accept-Language. `call_seconds`: how long a call may take.
    """

    features: frozenset[str]
    latency: Profile = NONE
    language: str = "en"
    call_seconds: float = LONGEST_CALL


@dataclass(frozen=True, slots=True)
class Services:
    """The parts. `flush_audit` writes logins noted since the last time into the store."""

    login: Login
    roles: Roles
    pool: Pool
    clock: OffsetClock
    engine: Engine
    records: RecordAnswerer
    metadata: RecordAnswerer
    jobs: Jobs
    quirks: Mapping[str, str]
    flush_audit: Callable[[], None]
    settings: Settings
    statistics: Statistics
    faults: Faults = field(default_factory=Faults)
