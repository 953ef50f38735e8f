"""Single record calls as jobs: submission, progress, results, idempotency keys, processors."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.sandbox.jobs.conftest import JobClient, customer

from suitebridge.sandbox.netsuite import SandboxOptions, SandboxThread
from suitebridge.sandbox.netsuite.server.jobs.processors import processors_for
from suitebridge.sandbox.netsuite.server.latency import TYPICAL

CUSTOMERS = "/services/rest/record/v1/customer"
JOBS = "/services/rest/async/v1/job"
KEY = "X-NetSuite-Idempotency-Key"
HOURS = {"job_record": 3600.0}


@pytest.fixture
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.getbasetemp() / "company-cache"


@pytest.mark.parametrize("method", ["POST", "GET", "PATCH", "PUT", "DELETE"])
def test_a_079_any_record_call_can_become_a_job(jobs: JobClient, method: str) -> None:
    made = jobs.submit("POST", "customer", json=customer(f"Job for {method}"))
    (first,) = jobs.results(made)
    record = first.headers["location"]
    path = {"POST": "customer", "PUT": f"customer/eid:job-{uuid.uuid4()}"}.get(method, record)
    body = {"json": customer(f"Job by {method}")} if method in ("POST", "PATCH", "PUT") else {}
    answer = jobs.call(method, path, **body)
    assert (answer.status_code, answer.content) == (202, b"")
    assert answer.headers["preference-applied"] == "respond-async"
    assert answer.headers["content-type"] == "application/json"
    base = f"{jobs.driver.sandbox.rest_url}{JOBS}/"
    assert answer.headers["location"].startswith(base)
    assert answer.headers["location"].removeprefix(base).isdigit()
    assert jobs.statuses(answer.headers["location"]) == [200 if method == "GET" else 204]


def test_a_079_a_list_can_become_a_job(jobs: JobClient) -> None:
    (result,) = jobs.results(jobs.submit("GET", "currency?limit=2&offset=2"))
    assert [link["rel"] for link in result.json()["links"]] == ["first", "prev", "next", "last", "self"]
    assert result.json()["count"] == 2


def test_a_079_a_transformation_can_become_a_job(jobs: JobClient) -> None:
    waiting = "SELECT id FROM transaction WHERE type = 'SalesOrd' AND status = 'B' ORDER BY id"
    order = jobs.driver.suiteql(waiting, jobs.headers).json()["items"][0]["id"]
    (result,) = jobs.results(jobs.submit("POST", f"salesOrder/{order}/!transform/itemFulfillment", json={}))
    assert result.status_code == 204, result.text
    assert jobs.get(result.headers["location"])["createdFrom"]["id"] == order


def test_a_079_location_is_relative_by_quirk(cache: Path, driver_of: Callable[[SandboxThread], Any]) -> None:
    quirks = ("job-location=relative", "job-task-list=item-per-task", "job-write-result=200", "job-failed=succeeded")
    with SandboxThread(SandboxOptions(quirks=quirks, cache_dir=cache)) as sandbox:
        jobs = JobClient(driver_of(sandbox))
        answer = jobs.batch("POST", "customer", [customer("Relative"), {}])
        assert answer.headers["location"] == f"{JOBS}/1"
        ok, refused = jobs.results(answer.headers["location"])
        assert (ok.status_code, ok.json(), refused.status_code) == (200, {}, 400)
        listed = jobs.get(f"{JOBS}/1/task")
        assert (listed["count"], [len(item["links"]) for item in listed["items"]]) == (2, [1, 1])
        assert jobs.get(f"{JOBS}/1")["progress"] == "succeeded"


def test_a_080_a_job_that_is_done_says_when(jobs: JobClient) -> None:
    location = jobs.submit("POST", "customer", json=customer("Done"))
    job = jobs.completed(location)
    number = location.rsplit("/", 1)[1]
    assert job["links"] == [{"rel": "self", "href": location}]
    assert (job["id"], job["completed"], job["progress"]) == (number, True, "succeeded")
    assert job["task"] == {"links": [{"rel": "self", "href": f"{location}/task"}]}
    (address,) = jobs.tasks(location)
    task = jobs.get(address)
    assert task["links"] == [
        {"rel": "related", "href": f"{location}/task/1/result"},
        {"rel": "self", "href": f"{location}/task/1"},
    ]
    assert (task["id"], task["completed"], task["progress"]) == ("1", True, "succeeded")
    begun, ended = (time.strptime(task[name], "%Y-%m-%dT%H:%M:%SZ") for name in ("startTime", "endTime"))
    assert begun <= ended
    assert (job["startTime"], job["endTime"]) == (task["startTime"], task["endTime"])


def test_a_080_a_job_waits_runs_and_is_done(cache: Path, driver_of: Callable[[SandboxThread], Any]) -> None:
    with SandboxThread(SandboxOptions(processors=1, cache_dir=cache)) as sandbox:
        jobs = JobClient(driver_of(sandbox))
        sandbox.change(latency=HOURS)
        running = jobs.submit("POST", "customer", json=customer("Running"))
        while jobs.get(running)["progress"] == "pending":
            time.sleep(0.01)
        body = jobs.get(running)
        assert (body["completed"], body["progress"]) == (False, "processing")
        assert "startTime" in body
        assert "endTime" not in body
        waiting = jobs.submit("POST", "customer", json=customer("Waiting"))
        body = jobs.get(waiting)
        assert (body["completed"], body["progress"], "startTime" in body) == (False, "pending", False)
        early = jobs.call("GET", f"{waiting}/task/1/result", prefer="")
        assert (early.status_code, early.json()["o:errorDetails"][0]["o:errorCode"]) == (404, "NONEXISTENT_ID")


def test_a_081_a_result_replays_what_the_call_alone_is_answered(jobs: JobClient) -> None:
    (made,) = jobs.results(jobs.submit("POST", "customer", json=customer("Replayed", noSuchField=1)))
    assert (made.status_code, made.content) == (204, b"")
    assert "noSuchField" in made.headers["x-netsuite-propertyvalidation"]
    alone = jobs.call("GET", made.headers["location"], prefer="")
    (read,) = jobs.results(jobs.submit("GET", made.headers["location"]))
    assert (read.status_code, read.json()) == (alone.status_code, alone.json())
    assert read.headers["content-type"] == alone.headers["content-type"]
    assert jobs.get(f"{CUSTOMERS}/{made.headers['location'].rsplit('/', 1)[1]}")["companyName"] == "Replayed"


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "customer/99999999", None),
        ("GET", "no-such-type/1", None),
        ("POST", "customer", b"{nonsense"),
        ("POST", "customer", b"\xff\xfe{}"),
        ("POST", "customer", b'{"companyName":"Faulty","subsidiary":{"id":"99999"},"terms":{"id":"88888"}}'),
        ("DELETE", "customer/eid:nobody", None),
    ],
    ids=["unknown id", "unknown type", "no JSON", "no UTF-8", "several faults", "unknown external id"],
)
def test_a_081_a_refusal_is_replayed_too(jobs: JobClient, method: str, path: str, body: bytes | None) -> None:
    headers = {} if body is None else {"Content-Type": "application/json"}
    alone = jobs.call(method, path, prefer="", content=body, headers=headers)
    job = jobs.submit(method, path, content=body, headers=headers)
    (result,) = jobs.results(job)
    assert alone.status_code >= 400
    assert (result.status_code, result.json()) == (alone.status_code, alone.json())
    assert result.headers["content-type"] == alone.headers["content-type"]
    assert jobs.get(job)["progress"] == "failed"
    assert jobs.get(f"{job}/task/1")["progress"] == "failed"


def test_a_082_a_key_that_was_used_leads_to_its_first_job(jobs: JobClient) -> None:
    key = {KEY.upper(): str(uuid.uuid4())}
    first = jobs.submit("POST", "customer", json=customer("Only once"), headers=key)
    again = jobs.call("POST", "customer", json=customer("Only once"), headers={KEY.lower(): key[KEY.upper()]})
    body = again.json()
    assert (again.status_code, body["title"], body["status"]) == (400, "Conflict", 400)
    assert body["type"].endswith("15.5.10")
    assert body["o:errorDetails"][0]["o:errorCode"] == "IDEMPOTENCY_ERROR"
    assert again.headers["location"] == first
    assert jobs.statuses(first) == [204]
    assert jobs.count("companyname = 'Only once'") == 1


def test_a_082_a_call_that_is_refused_uses_no_key_up(jobs: JobClient) -> None:
    key = {KEY: str(uuid.uuid4())}
    refused = jobs.batch("POST", "customer", [customer("Too many")] * 101, headers=key)
    assert refused.status_code == 400
    assert jobs.statuses(jobs.submit("POST", "customer", json=customer("In the end"), headers=key)) == [204]


def test_a_082_a_key_on_a_call_that_is_no_job_does_nothing(jobs: JobClient) -> None:
    key = {KEY: str(uuid.uuid4())}
    answers = [jobs.call("GET", "currency/1", prefer="", headers=key).status_code for _ in range(2)]
    assert answers == [200, 200]


def test_a_082_forms_by_quirk(cache: Path, driver_of: Callable[[SandboxThread], Any]) -> None:
    quirks = ("idempotency-status=409", "idempotency-key-form=uuid", "error-type-uri=w3")
    with SandboxThread(SandboxOptions(quirks=quirks, cache_dir=cache)) as sandbox:
        jobs = JobClient(driver_of(sandbox))
        key = {KEY: str(uuid.uuid4())}
        jobs.submit("GET", "currency/1", headers=key)
        again = jobs.call("GET", "currency/1", headers=key)
        assert (again.status_code, again.json()["status"]) == (409, 409)
        assert again.json()["type"].endswith("#sec10.4.10")
        assert jobs.call("GET", "currency/1", headers={KEY: "mine"}).status_code == 400


@pytest.mark.parametrize("path", ["999999", "0", "x", "1/nothing", "999999/task/1", "1/task/x/result", "1/task/0"])
def test_a_job_that_is_not_there_is_404(jobs: JobClient, path: str) -> None:
    jobs.completed(jobs.submit("GET", "currency/1"))
    answer = jobs.call("GET", f"{JOBS}/{path}", prefer="")
    assert (answer.status_code, answer.json()["o:errorDetails"][0]["o:errorCode"]) == (404, "NONEXISTENT_ID")


def test_a_job_is_shown_to_who_submitted_it(jobs: JobClient) -> None:
    job = jobs.submit("GET", "currency/1")
    other = JobClient(jobs.driver.as_role("administrator"))
    assert other.call("GET", job, prefer="").status_code == 404
    assert jobs.completed(job)["progress"] == "succeeded"


def test_a_job_only_takes_get(jobs: JobClient) -> None:
    assert jobs.call("DELETE", f"{JOBS}/1", prefer="").status_code == 405


def test_links_of_a_result_lead_to_the_host_that_asks(jobs: JobClient) -> None:
    job = jobs.submit("GET", "currency/1")
    jobs.completed(job)
    port = jobs.driver.sandbox.rest_url.rsplit(":", 1)[1]
    path = job.split(port, 1)[1]
    headers = {**jobs.headers, "Host": "netsuite.example"}
    result = jobs.driver.http.get(f"{path}/task/1/result", headers=headers).json()
    assert result["links"][0]["href"] == "http://netsuite.example/services/rest/record/v1/currency/1"


def test_a_098_jobs_take_no_slots_and_polls_do(cache: Path, driver_of: Callable[[SandboxThread], Any]) -> None:
    with SandboxThread(SandboxOptions(slots=1, processors=2, cache_dir=cache)) as sandbox:
        jobs = JobClient(driver_of(sandbox))
        sandbox.change(latency=HOURS)
        submitted = [jobs.submit("GET", "currency/1") for _ in range(4)]
        while sandbox.statistics()["processors_in_use"] < 2:
            time.sleep(0.01)
        assert jobs.call("GET", "currency/1", prefer="").status_code == 200
        shown = [jobs.get(job)["progress"] for job in submitted]
        assert shown == ["processing", "processing", "pending", "pending"]
        figures = sandbox.statistics(calls=True)
        assert (figures["slots_in_use"], figures["max_slots_used"], figures["max_processors_used"]) == (0, 1, 2)
        polls = [call for call in figures["each"] if call["path"] == f"{JOBS}/{{id}}"]
        assert [(call["kind"], call["slots"]) for call in polls] == [("job", 1)] * 4


def test_a_job_that_was_not_done_is_done_after_the_next_start(
    tmp_path: Path, cache: Path, driver_of: Callable[[SandboxThread], Any]
) -> None:
    options = SandboxOptions(state=tmp_path / "state.sqlite", processors=1, cache_dir=cache)
    key = {KEY: str(uuid.uuid4())}
    items = [customer(f"Later {number}") for number in range(3)]
    with SandboxThread(options) as sandbox:
        jobs = JobClient(driver_of(sandbox))
        done = jobs.submit("GET", "currency/1")
        before = jobs.results(done)[0].json()
        sandbox.change(latency=HOURS)
        waiting = jobs.batch("POST", "customer", items, headers=key).headers["location"]
        while jobs.get(waiting)["progress"] == "pending":
            time.sleep(0.01)
        old = sandbox.rest_url
    with SandboxThread(options) as sandbox:
        jobs = JobClient(driver_of(sandbox))
        again = jobs.batch("POST", "customer", items, headers=key)
        assert (again.status_code, again.headers["location"]) == (400, waiting.replace(old, sandbox.rest_url))
        assert jobs.statuses(again.headers["location"]) == [204] * 3
        assert jobs.count("companyname LIKE 'Later %'") == 3
        after = jobs.results(done.replace(old, sandbox.rest_url))[0].json()
        assert after["links"][0]["href"].startswith(sandbox.rest_url)
        assert after["symbol"] == before["symbol"]


def test_a_record_in_a_job_takes_a_second_by_assumption() -> None:
    assert (TYPICAL.job_record, TYPICAL.seconds("job")) == (1.0, TYPICAL.other)


@pytest.mark.parametrize(
    ("slots", "processors"), [(1, 2), (5, 2), (15, 5), (20, 2), (25, 5), (35, 10), (45, 15), (80, 30), (140, 60)]
)
def test_processors_follow_the_tier(slots: int, processors: int) -> None:
    assert processors_for(slots) == processors


def test_a_task_can_be_made_to_fail(jobs: JobClient) -> None:
    jobs.driver.sandbox.fault("error", types=["task"])
    jobs.driver.sandbox.fault("error_after", types=["task"])
    failed, late, fine = (
        jobs.statuses(jobs.submit("POST", "customer", json=customer(f"Unlucky {number}"))) for number in range(3)
    )
    assert (failed, late, fine) == ([500], [500], [204])
    assert [jobs.count(f"companyname = 'Unlucky {number}'") for number in range(3)] == [0, 1, 1]


def test_a_078_a_query_never_becomes_a_job(jobs: JobClient) -> None:
    answer = jobs.driver.http.post(
        "/services/rest/query/v1/suiteql",
        headers={**jobs.headers, "Prefer": "transient, respond-async"},
        json={"q": "SELECT id FROM currency"},
    )
    assert answer.status_code == 200
