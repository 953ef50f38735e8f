"""The NetSuite sandbox put together: a company, a login, a server, and all that a client needs to reach it."""

from __future__ import annotations

import asyncio
import shutil
import socket
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from suitebridge.sandbox.netsuite.clock import Clock, SystemClock
from suitebridge.sandbox.netsuite.options import OptionError, SandboxOptions, account_form, cache_directory
from suitebridge.sandbox.netsuite.server.offset_clock import OffsetClock

if TYPE_CHECKING:
    from aiohttp import web

    from suitebridge.sandbox.netsuite.login.credentials import Credentials
    from suitebridge.sandbox.netsuite.login.kept import Kept
    from suitebridge.sandbox.netsuite.server.app import Server
    from suitebridge.sandbox.netsuite.server.interrupts import Interrupts
    from suitebridge.sandbox.netsuite.server.services import Services
    from suitebridge.sandbox.netsuite.store import Store

__all__ = ["OptionError", "PortTaken", "Sandbox", "SandboxOptions"]

_BETWEEN_INTERRUPTS = 0.05

SHUTDOWN_SECONDS = 1.0
"""How long calls under way may go on once the sandbox is told to stop."""


class PortTaken(OptionError):
    """The port is in use by another process."""


class Sandbox:
    """One NetSuite on this machine. Start it, use `env`, stop it; or use it in an ``async with``."""

    def __init__(self, options: SandboxOptions | None = None, clock: Clock | None = None) -> None:
        given = options or SandboxOptions()
        self.options = replace(given, account=account_form(given.account))
        self._clock = OffsetClock(clock or SystemClock())
        self._place: Path | None = None
        self._store: Store | None = None
        self._server: Server | None = None
        self._runner: web.ServerRunner | None = None
        self._services: Services | None = None
        self._env: dict[str, str] = {}
        self._rest_url = ""
        self._tls_port: int | None = None
        self._interrupts: Interrupts | None = None
        self._kept: Kept | None = None

    @property
    def rest_url(self) -> str:
        """Address of the plain HTTP server, without a path."""
        return self._rest_url

    @property
    def tls_port(self) -> int | None:
        """Port of the HTTPS server, if there is one."""
        return self._tls_port

    @property
    def admin_url(self) -> str:
        """Address of statistics, settings and faults."""
        return f"{self._rest_url}/sandbox"

    @property
    def env(self) -> dict[str, str]:
        """What a client needs, as environment variables."""
        return dict(self._env)

    @property
    def store(self) -> Store:
        """The company's store, while the sandbox runs."""
        if self._store is None:
            raise RuntimeError("the sandbox is not running")
        return self._store

    async def start(self) -> None:
        """Open or make the company and begin to answer. Raises OptionError; nothing is left behind then."""
        try:
            await self._start()
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """End calls under way, close the store and remove what was only for this run."""
        if self._runner is not None:
            await self._runner.cleanup()
        if self._services is not None:
            await self._services.jobs.stop()
        if self._server is not None:
            await self._end_threads(self._server)
        if self._store is not None:
            self._store.close()
        if self._kept is not None:
            self._kept.close()
        if self._place is not None and self.options.state is None:
            shutil.rmtree(self._place, ignore_errors=True)
        self._runner = self._server = self._store = self._services = self._kept = None

    async def _end_threads(self, server: Server) -> None:
        ending = asyncio.create_task(asyncio.to_thread(server.close))
        while not (await asyncio.wait({ending}, timeout=_BETWEEN_INTERRUPTS))[0]:
            # One call may run several statements, so one interrupt may not be enough.
            if self._interrupts is not None:
                self._interrupts.interrupt()

    async def __aenter__(self) -> Sandbox:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def _start(self) -> None:
        from aiohttp import web

        from suitebridge.sandbox.netsuite import assembly
        from suitebridge.sandbox.netsuite.login.kept import Kept
        from suitebridge.sandbox.netsuite.server import tls
        from suitebridge.sandbox.netsuite.server.app import Server
        from suitebridge.sandbox.netsuite.server.interrupts import Interrupts

        options = self.options
        plan = assembly.plan(options)
        plain = _listen(options.host, options.port)
        secure = None if options.tls_port is None else _listen(options.host, options.tls_port)
        try:
            loop = asyncio.get_running_loop()
            with ThreadPoolExecutor(2, thread_name_prefix="sandbox-start") as threads:
                key = loop.run_in_executor(threads, assembly.new_private_key)
                self._interrupts = interrupts = Interrupts()
                store = await loop.run_in_executor(
                    threads, assembly.open_company, options, plan, self._clock, interrupts
                )
                self._store = store
                self._place = _place_for(options)
                self._kept = kept = Kept(None if options.state is None else self._place)
                credentials, services = assembly.assemble(
                    options, plan, store, self._place, self._clock, kept, await key, time.monotonic()
                )
            signer = tls.authority(cache_directory(options) / "authority")
            self._services = services
            self._server = Server(services)
            aiohttp_server = web.Server(self._server.handle, access_log=None, max_line_size=65536, max_field_size=65536)
            self._runner = web.ServerRunner(aiohttp_server, shutdown_timeout=SHUTDOWN_SECONDS)
            await self._runner.setup()
            await services.jobs.start()
            await web.SockSite(self._runner, plain).start()
            self._rest_url = f"http://{_shown(options.host)}:{plain.getsockname()[1]}"
            if secure is not None:
                await web.SockSite(self._runner, secure, ssl_context=tls.server_context(signer)).start()
                self._tls_port = secure.getsockname()[1]
        except BaseException:
            plain.close()
            if secure is not None:
                secure.close()
            raise
        authority_file = tls.publish(signer, cache_directory(options) / "authority")
        self._env = self._variables(credentials, authority_file)
        if options.env_file is not None:
            _write_env(options.env_file, self._env)

    def _variables(self, credentials: Credentials, authority_file: Path) -> dict[str, str]:
        own = credentials.roles[self.options.role]
        variables = {
            "NETSUITE_ACCOUNT": self.options.account,
            "NETSUITE_REST_URL": self._rest_url,
            "NETSUITE_RESTLET_URL": self._rest_url,
            "NETSUITE_CLIENT_ID": credentials.integration.client_id,
            "NETSUITE_CERTIFICATE_ID": own.certificate_id,
            "NETSUITE_PRIVATE_KEY_FILE": str(own.private_key_file),
            "NETSUITE_CONSUMER_KEY": credentials.integration.client_id,
            "NETSUITE_CONSUMER_SECRET": credentials.integration.client_secret,
            "NETSUITE_TOKEN_ID": own.token_id,
            "NETSUITE_TOKEN_SECRET": own.token_secret,
            "SUITEBRIDGE_SANDBOX_PUBLIC_CLIENT_ID": credentials.public.client_id,
            "SUITEBRIDGE_SANDBOX_REDIRECT_URI": credentials.integration.redirect_uris[0],
            "SUITEBRIDGE_SANDBOX_CA": str(authority_file),
            "SUITEBRIDGE_SANDBOX_ADMIN": self.admin_url,
        }
        if self._tls_port is not None:
            variables["SUITEBRIDGE_SANDBOX_TLS_PORT"] = str(self._tls_port)
        for name, role in credentials.roles.items():
            prefix = f"SUITEBRIDGE_SANDBOX_{name.upper()}"
            variables[f"{prefix}_CERTIFICATE_ID"] = role.certificate_id
            variables[f"{prefix}_PRIVATE_KEY_FILE"] = str(role.private_key_file)
            variables[f"{prefix}_TOKEN_ID"] = role.token_id
            variables[f"{prefix}_TOKEN_SECRET"] = role.token_secret
            variables[f"{prefix}_EMAIL"] = role.email
            variables[f"{prefix}_PASSWORD"] = role.password
        return variables


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), backlog=512)
    except OSError as error:
        raise PortTaken(f"port {port} on {host} cannot be used: {error.strerror}") from error
    except OverflowError:
        raise OptionError(f"port {port} is not from 0 to 65535") from None


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _place_for(options: SandboxOptions) -> Path:
    if options.state is None:
        return Path(tempfile.mkdtemp(prefix="suitebridge-sandbox-"))
    return options.state.with_name(f"{options.state.name}.login").absolute()


def _write_env(file: Path, variables: dict[str, str]) -> None:
    import shlex

    from suitebridge.sandbox.netsuite.login.credentials import write_private

    lines = [f"{name}={shlex.quote(value)}" for name, value in variables.items()]
    try:
        write_private(file, ("\n".join(lines) + "\n").encode())
    except OSError as error:
        raise OptionError(f"env file {file} cannot be written: {error.strerror}") from error
