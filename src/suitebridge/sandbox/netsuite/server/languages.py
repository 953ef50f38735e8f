"""The Accept-Language check: only the company's own language is taken (airbytehq/airbyte#34137)."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.server.errors import refused


def check_language(header: str | None, language: str) -> None:
    """Nothing if the header is absent or names the company's language. Raises Refused otherwise."""
    if header is None:
        return
    named = [part.partition(";")[0].strip().lower() for part in header.split(",")]
    own = language.lower()
    if any(one == "*" or one.replace("_", "-").partition("-")[0] == own for one in named):
        return
    raise refused(
        400,
        "INVALID_HEADER",
        f"Invalid value for the resource header field. Provide a valid value. Use '{language}'.",
        header="Accept-Language",
    )
