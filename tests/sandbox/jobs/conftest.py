"""A running sandbox and a client that submits jobs, waits for them and reads their results."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from tests.sandbox.server.conftest import Driver, driver, driver_of, sandbox, server

__all__ = ["driver", "driver_of", "sandbox", "server"]

RECORDS = "/services/rest/record/v1"
COLLECTION = "application/vnd.oracle.resource+json; type=collection"


@dataclass
class JobClient:
    """Submits record calls as jobs."""

    driver: Driver
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.headers = self.headers or self.driver.bearer()

    def call(self, method: str, path: str, *, prefer: str = "respond-async", **more: Any) -> httpx.Response:
        """One call with a Prefer header; `path` is below the record service unless it is whole."""
        address = path if path.startswith(("/", "http")) else f"{RECORDS}/{path}"
        headers = {**self.headers, **({"Prefer": prefer} if prefer else {}), **more.pop("headers", {})}
        return self.driver.http.request(method, address, headers=headers, **more)

    def submit(self, method: str, path: str, **more: Any) -> str:
        """The address of the job that a call has become."""
        answer = self.call(method, path, **more)
        assert answer.status_code == 202, answer.text
        return answer.headers["location"]

    def batch(self, method: str, record_type: str, items: list[Any], **more: Any) -> httpx.Response:
        """A batch with a body."""
        headers = {"Content-Type": COLLECTION, **more.pop("headers", {})}
        return self.call(method, record_type, json={"items": items}, headers=headers, **more)

    def get(self, address: str) -> Any:
        """What lies at an address."""
        answer = self.driver.http.get(address, headers=self.headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def completed(self, job: str) -> Any:
        """The job once it is done; the test's own time limit ends the wait."""
        while not (body := self.get(job))["completed"]:
            time.sleep(0.01)
        return body

    def tasks(self, job: str) -> list[str]:
        """The addresses of its tasks, in both forms of the list."""
        return [link["href"] for item in self.get(f"{job}/task")["items"] for link in item["links"]]

    def results(self, job: str) -> list[httpx.Response]:
        """What each task was answered, once all are done."""
        self.completed(job)
        return [self.driver.http.get(f"{task}/result", headers=self.headers) for task in self.tasks(job)]

    def statuses(self, job: str) -> list[int]:
        """The statuses of the results."""
        return [result.status_code for result in self.results(job)]

    def count(self, where: str) -> int:
        """Customers that fulfil a condition."""
        answer = self.driver.suiteql(f"SELECT COUNT(id) AS n FROM customer WHERE {where}", self.headers)
        return int(answer.json()["items"][0]["n"])


@pytest.fixture
def jobs(driver: Driver) -> JobClient:
    return JobClient(driver)


def customer(name: str, **fields: object) -> dict[str, object]:
    """The least that a customer needs."""
    return {"companyName": name, "subsidiary": {"id": "1"}, **fields}
