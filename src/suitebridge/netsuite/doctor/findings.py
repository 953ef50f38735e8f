"""What the doctor found: one line a check, and for what is wrong the shortest list of causes that fits."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How a check ended."""

    RIGHT = "right"
    WRONG = "wrong"
    NOTED = "noted"  # works, but somebody should know
    SKIPPED = "skipped"  # not checked, because something before it is wrong


@dataclass(frozen=True, slots=True)
class Cause:
    """One possible cause and what to do about it; `where` is the path of clicks in NetSuite, if it is mended there."""

    text: str
    remedy: str
    where: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check. `causes` is empty unless it is wrong."""

    check: str
    state: State
    text: str
    causes: tuple[Cause, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """All findings, in the order in which they were made."""

    account: str
    login: str
    findings: tuple[Finding, ...]

    @property
    def wrong(self) -> tuple[Finding, ...]:
        """Only what has to be mended."""
        return tuple(finding for finding in self.findings if finding.state is State.WRONG)

    def as_dict(self) -> dict[str, object]:
        """The same facts for machines."""
        return {
            "account": self.account,
            "login": self.login,
            "right": not self.wrong,
            "checks": [
                {
                    "check": finding.check,
                    "state": finding.state.value,
                    "text": finding.text,
                    "causes": [
                        {"cause": cause.text, "remedy": cause.remedy, "where": cause.where} for cause in finding.causes
                    ],
                }
                for finding in self.findings
            ],
        }


def right(check: str, text: str) -> Finding:
    """The check passed."""
    return Finding(check, State.RIGHT, text)


def noted(check: str, text: str) -> Finding:
    """It works, with something worth knowing."""
    return Finding(check, State.NOTED, text)


def wrong(check: str, text: str, *causes: Cause) -> Finding:
    """The check failed, for one of these causes, likeliest first."""
    return Finding(check, State.WRONG, text, causes)


def skipped(check: str, needs: str) -> Finding:
    """The check was not made, because it needs what is wrong already."""
    return Finding(check, State.SKIPPED, f"not checked: needs {needs}")
