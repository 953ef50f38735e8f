"""Why a login, a permission or a limit fails, and what to do about it."""

from suitebridge.netsuite.doctor.examine import examine, rounds
from suitebridge.netsuite.doctor.findings import Cause, Finding, Report, State

__all__ = ["Cause", "Finding", "Report", "State", "examine", "rounds"]
