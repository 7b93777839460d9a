"""Sockets that go only where they may (REC-5): judged by address, bounded by one deadline.

Every address a name resolves to is judged, and the connection goes to the very address that was judged, so that a
name which answers differently the second time (DNS rebinding) gains nothing. TLS still verifies the name, because
only the socket is pinned.
"""

# The unused arguments below are httpcore's signatures; one deadline replaces its time limits.

from __future__ import annotations

import concurrent.futures
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import httpcore
from django.conf import settings
from django.utils.translation import gettext

from fitfoodie.common.addresses import is_public
from fitfoodie.common.errors import DomainError

# Looking a name up has no time limit of its own, so it runs beside us and we stop waiting.
_lookups = concurrent.futures.ThreadPoolExecutor(max_workers=8, thread_name_prefix="lookup")

Resolver = Callable[[str, int], list[str]]


class FetchError(DomainError):
    """A request that was refused or failed; `code` is stable, `message` is for the person who gave the address.

    `answered` is the HTTP status of the other side, when it got as far as giving one.
    """

    def __init__(self, code: str, message: str, *, answered: int | None = None) -> None:
        super().__init__(message, code=code)
        self.answered = answered


def resolve(host: str, port: int) -> list[str]:
    """All addresses of a name, in the system's order. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True)
class Policy:
    """Where a request may go. Private addresses are for tests and for operators who serve their own network."""

    allow_private: bool = False
    ports: frozenset[int] | None = frozenset({80, 443})
    resolver: Resolver = field(default=resolve)
    verify: ssl.SSLContext | None = None


def default_policy() -> Policy:
    ports = getattr(settings, "OUTGOING_HTTP_PORTS", (80, 443))
    return Policy(allow_private=getattr(settings, "OUTGOING_HTTP_ALLOW_PRIVATE", False), ports=frozenset(ports))


class Deadline:
    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds
        self._seconds = seconds

    def left(self) -> float:
        """Seconds left; raises `timed_out` when there are none."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise self.error()
        return left

    def error(self) -> FetchError:
        text = gettext("The site did not answer in full within %(seconds)s seconds. Try later.")
        return FetchError("timed_out", text % {"seconds": f"{self._seconds:g}"})


class _BoundedStream(httpcore.NetworkStream):
    """A socket whose every wait ends at the one deadline: a byte a second does not keep us."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, timeout=self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout=self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, timeout=self._deadline.left())
        return _BoundedStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class GuardedBackend(httpcore.NetworkBackend):
    """Connects by address, never by name, and only to addresses it has judged itself."""

    def __init__(self, policy: Policy, deadline: Deadline) -> None:
        self._policy = policy
        self._deadline = deadline
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception | None = None
        for address in _judged_addresses(host, port, self._policy, self._deadline):
            try:
                stream = self._sockets.connect_tcp(address, port, timeout=self._deadline.left())
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _BoundedStream(stream, self._deadline)
        self._deadline.left()
        text = gettext("%(host)s does not answer. Check the address or try later.")
        raise FetchError("unreachable", text % {"host": host}) from failure


def _judged_addresses(host: str, port: int, policy: Policy, deadline: Deadline) -> list[str]:
    """Every address of the host; one bad address condemns the host, or an attacker would mix good and bad."""
    try:
        addresses = _lookups.submit(policy.resolver, host, port).result(timeout=deadline.left())
    except concurrent.futures.TimeoutError:
        raise deadline.error() from None
    except (OSError, UnicodeError) as error:
        raise _unknown(host) from error
    if not addresses:
        raise _unknown(host)
    if not policy.allow_private and not all(_is_public_text(address) for address in addresses):
        text = gettext("%(host)s is not on the public internet, so we do not fetch from it.")
        raise FetchError("refused_address", text % {"host": host})
    return addresses


def _unknown(host: str) -> FetchError:
    return FetchError("unreachable", gettext("No site is known under %(host)s. Check the spelling.") % {"host": host})


def _is_public_text(address: str) -> bool:
    try:
        return is_public(ipaddress.ip_address(address.partition("%")[0]))
    except ValueError:
        return False
