"""With a state file, what a login left behind is still good after the sandbox was started anew."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.sandbox.checklist_b.browser import Visit
from tests.sandbox.checklist_b.certificates import made
from tests.sandbox.checklist_b.conftest import Visiting, visiting

from suitebridge.sandbox.netsuite import SandboxOptions, SandboxThread

__all__ = ["visiting"]

TIME_PATH = "/services/rest/system/v1/serverTime"


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def opens(visit: Visit, token: str) -> bool:
    return visit.browser.http.get(TIME_PATH, headers=bearer(token)).is_success


def test_codes_tokens_and_certificates_outlive_the_process(
    tmp_path: Path, server: SandboxThread, driver_of: Callable[[SandboxThread], Any], visiting: Visiting
) -> None:
    options = SandboxOptions(state=tmp_path / "state", cache_dir=server.sandbox.options.cache_dir)
    pair = made()
    with SandboxThread(options) as running:
        driver = driver_of(running)
        visit, public = visiting(driver), visiting(driver, public=True)
        kept, revoked, code = visit.tokens(), visit.tokens(), visit.code()
        visit.revoke(revoked["refresh_token"])
        used = public.tokens()
        rotated = public.refresh(used["refresh_token"]).json()
        machine = driver.log_in().json()["access_token"]
        entity = _entity(driver)
        address = f"/services/rest/auth/oauth2/v1/clients/{visit.client_id}/certificates"
        body = {"fileContent": pair.certificate, "role": 1000, "entity": entity}
        added = driver.http.post(address, headers=driver.bearer(), json=body).json()["certificate_id"]
        first = driver.key("CERTIFICATE_ID")
        assert driver.http.post(f"{address}/{first}/revoke", headers=driver.bearer()).is_success
        before = dict(running.env)
    with SandboxThread(options) as running:
        driver = driver_of(running)
        assert _keys(running.env) == _keys(before)
        again, public_again = visiting(driver), visiting(driver, public=True)
        again.verifier = visit.verifier
        assert opens(again, kept["access_token"])
        assert opens(again, machine)
        assert not opens(again, revoked["access_token"])
        assert running.audit()[-1]["detail"] == "TokenBlocked"
        assert again.refresh(kept["refresh_token"]).status_code == 200
        assert again.refresh(revoked["refresh_token"]).status_code == 400
        assert again.exchange(code).status_code == 200
        assert again.exchange(code).status_code == 400
        assert public_again.refresh(used["refresh_token"]).status_code == 400
        assert public_again.refresh(rotated["refresh_token"]).status_code == 200
        assert driver.log_in().status_code == 401
        assert running.audit()[-1]["detail"] == "MissingKey"
        listed = driver.http.get(address, headers=driver.as_role("administrator").bearer()).json()
        assert {one["certificate_id"]: one["revoked"] for one in listed if one["role"]["id"] == 1000} == {
            first: True,
            added: False,
        }
        assert running.revoke_tokens() >= 2
        assert not opens(again, machine)
    with SandboxThread(options) as running:
        assert not opens(visiting(driver_of(running)), machine)


def test_a_state_of_an_older_sandbox_gets_what_it_lacks(
    tmp_path: Path, server: SandboxThread, driver_of: Callable[[SandboxThread], Any]
) -> None:
    options = SandboxOptions(data="empty", state=tmp_path / "state", cache_dir=server.sandbox.options.cache_dir)
    with SandboxThread(options) as running:
        before = running.env
    file = tmp_path / "state.login" / "credentials.json"
    saved = json.loads(file.read_text())
    del saved["roles"]["limited"], saved["public_client_id"], saved["public_application_id"]
    for role in saved["roles"].values():
        del role["password"]
    file.write_text(json.dumps(saved))
    with SandboxThread(options) as running:
        assert running.env["NETSUITE_CLIENT_ID"] == before["NETSUITE_CLIENT_ID"]
        assert driver_of(running).as_role("limited").log_in().status_code == 200
        assert len(running.env["SUITEBRIDGE_SANDBOX_PUBLIC_CLIENT_ID"]) == 64


def _keys(env: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in env.items() if name.endswith(("_ID", "_SECRET", "_PASSWORD", "_EMAIL"))}


def _entity(driver: Any) -> int:
    address = f"/services/rest/auth/oauth2/v1/clients/{driver.sandbox.env['NETSUITE_CLIENT_ID']}/certificates"
    return driver.http.get(address, headers=driver.bearer()).json()[0]["entity"]["id"]
