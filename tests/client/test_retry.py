"""The decision whether a call is sent again: pure, so it is asked directly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suitebridge.http.retry import RetryPolicy, Situation, decide_retry

POLICY = RetryPolicy()
FAILURES = ("refused", "unauthorized", "not sent", "broken", "unavailable", "fault", "final")


def situation(failure, **more):
    return Situation(**{"failure": failure, "attempt": 1, "elapsed": 0.0, "repeatable": False, **more})


def middle():
    return 0.5


@pytest.mark.parametrize(
    ("given", "again", "unknown"),
    [
        pytest.param(situation("refused"), True, False, id="a refused write"),
        pytest.param(situation("not sent"), True, False, id="a write that never left"),
        pytest.param(situation("unauthorized"), True, False, id="a dead token"),
        pytest.param(situation("unauthorized", renewals=1), False, False, id="a dead token, renewed before"),
        pytest.param(situation("broken"), False, True, id="a write that broke off"),
        pytest.param(situation("broken", repeatable=True), True, False, id="a read that broke off"),
        pytest.param(situation("unavailable"), False, True, id="a write into a gateway's page"),
        pytest.param(situation("unavailable", repeatable=True), True, False, id="a read into a gateway's page"),
        pytest.param(situation("fault"), False, True, id="a write that failed inside"),
        pytest.param(situation("fault", repeatable=True, faults=1), True, False, id="a read that failed inside"),
        pytest.param(situation("fault", repeatable=True, faults=2), False, False, id="a read that failed twice"),
        pytest.param(situation("final", repeatable=True), False, False, id="a plain refusal"),
        pytest.param(situation("refused", attempt=15), False, False, id="too many tries"),
        pytest.param(situation("refused", elapsed=600.0), False, False, id="too long"),
        pytest.param(situation("not sent", contacted=False, attempt=3), False, False, id="a host never reached"),
        pytest.param(situation("not sent", attempt=3), True, False, id="a host that is away for a moment"),
    ],
)
def test_only_what_cannot_double_is_repeated(given, again, unknown):
    decision = decide_retry(given, POLICY, middle)
    assert (decision.wait is not None) is again
    assert decision.unknown is unknown
    assert decision.reason


@given(
    failure=st.sampled_from(FAILURES),
    attempt=st.integers(1, 100),
    elapsed=st.floats(0, 2000),
    repeatable=st.booleans(),
    retry_after=st.none() | st.floats(0, 900),
    random=st.floats(0, 1, exclude_max=True),
)
def test_waits_stay_within_their_bounds(failure, attempt, elapsed, repeatable, retry_after, random):
    decision = decide_retry(
        situation(failure, attempt=attempt, elapsed=elapsed, repeatable=repeatable, retry_after=retry_after),
        POLICY,
        lambda: random,
    )
    if decision.wait is None:
        return
    assert not decision.unknown
    assert decision.wait >= 0
    assert elapsed + decision.wait <= POLICY.elapsed or decision.wait == 0
    assert repeatable or failure in ("refused", "unauthorized", "not sent")
    if retry_after is None:
        assert decision.wait <= min(POLICY.cap, POLICY.base * 2 ** (attempt - 1))


def test_the_ceiling_of_the_waits_doubles_and_the_jitter_is_full():
    ceilings = [decide_retry(situation("refused", attempt=n), POLICY, lambda: 0.999999).wait for n in range(1, 9)]
    assert [round(wait, 3) for wait in ceilings] == [0.5, 1, 2, 4, 8, 16, 30, 30]
    assert decide_retry(situation("refused", attempt=8), POLICY, lambda: 0.0).wait == 0
