"""Decides whether a call that failed is sent again and after how long.

Pure: no clock, no network, no randomness of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Failure = Literal["refused", "unauthorized", "not sent", "broken", "unavailable", "fault", "final"]
"""How a try ended.

``refused``: turned away before any work (concurrency). ``unauthorized``: login refused, and it can be
renewed. ``not sent``: no connection came about. ``broken``: sent, but the answer did not come.
``unavailable``: a gateway answered instead (502, 503, 504). ``fault``: the service failed (500). ``final``:
an answer that another try will not change.
"""


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How patient a caller is. Seconds throughout.

    ``first_contact`` bounds the tries while the other side has never answered, so that a wrong host name is told soon.
    ``faults`` bounds the tries of a call that the service answers with 500, for that may be the caller's own mistake.
    """

    attempts: int = 15
    elapsed: float = 600.0
    base: float = 0.5
    cap: float = 30.0
    first_contact: int = 3
    faults: int = 2
    renewals: int = 1


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known when a try has failed.

    ``attempt`` counts from 1; ``elapsed`` is in seconds since the first try.
    """

    failure: Failure
    attempt: int
    elapsed: float
    repeatable: bool
    renewals: int = 0
    faults: int = 0
    contacted: bool = True
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class RetryDecision:
    """``wait`` is the seconds to wait before the next try, or None to stop.

    ``unknown`` is true where the call may have been carried out although no answer says so.
    """

    wait: float | None
    reason: str
    unknown: bool = False


def decide_retry(situation: Situation, policy: RetryPolicy, random: Callable[[], float]) -> RetryDecision:
    """Whether to send again. ``random`` gives numbers from 0 up to 1.

    A call that may have arrived is repeated only if it is repeatable; one that was surely not carried out
    always may be.
    """
    failure = situation.failure
    # A failure inside the service is no refusal either: scripts that run after the write may be what failed.
    arrived = failure in ("broken", "unavailable", "fault")
    if failure == "final":
        return RetryDecision(None, "the answer is final")
    if arrived and not situation.repeatable:
        return RetryDecision(None, "it may have been carried out", unknown=True)
    if failure == "fault" and situation.faults >= policy.faults:
        return RetryDecision(None, f"the service failed {situation.faults} times")
    if failure == "unauthorized":
        if situation.renewals >= policy.renewals:
            return RetryDecision(None, "the login was renewed and refused again")
        return RetryDecision(0.0, "the login is renewed")
    if failure == "not sent" and not situation.contacted and situation.attempt >= policy.first_contact:
        return RetryDecision(None, f"no connection in {situation.attempt} tries", unknown=False)
    if situation.attempt >= policy.attempts:
        return RetryDecision(None, f"{situation.attempt} tries were made")
    wait = _wait(situation, policy, random)
    if situation.elapsed + wait > policy.elapsed:
        return RetryDecision(None, f"{situation.elapsed:.0f} s were spent")
    return RetryDecision(wait, failure)


def _wait(situation: Situation, policy: RetryPolicy, random: Callable[[], float]) -> float:
    if situation.retry_after is not None:
        return max(0.0, situation.retry_after)
    # Full jitter: many workers that were turned away together must not come back together.
    ceiling = min(policy.cap, policy.base * 2.0 ** min(situation.attempt - 1, 30))
    return random() * ceiling
