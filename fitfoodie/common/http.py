"""The one door for outgoing HTTP to addresses that other people chose: imported recipes, webhooks, push (REC-5).

`connections` decides where a socket may go; here time, size, redirects and types are bounded. No proxy, cookie or
credential of this process ever travels.
"""

from __future__ import annotations

import codecs
import functools
import re
import ssl
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import httpcore
import httpx
import orjson
from django.utils.translation import gettext

from fitfoodie.common.connections import Deadline, FetchError, GuardedBackend, Policy, default_policy

__all__ = ["Answer", "FetchError", "FetchedPage", "Policy", "decode", "fetch", "post_json", "send"]

MAX_BYTES = 5 * 1024 * 1024
TIMEOUT = 10.0
MAX_REDIRECTS = 3
USER_AGENT = "FitFoodieBot/1.0 (fetches pages its members ask for)"
PAGE_TYPES = ("text/html", "application/xhtml+xml", "application/ld+json", "application/json", "text/plain")
_REDIRECTS = {301, 302, 303, 307, 308}
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([a-zA-Z0-9_.:-]{2,40})""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FetchedPage:
    url: str
    final_url: str
    content: bytes
    content_type: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a receiver said, whatever its status; `content` is cut at the limit, `is_cut` says so."""

    status: int
    headers: Mapping[str, str]
    content: bytes
    is_cut: bool


@functools.cache
def _tls() -> ssl.SSLContext:
    return httpx.create_ssl_context()


def _checked_url(text: str, policy: Policy) -> httpx.URL:
    """Raises `bad_url` for what is not a plain http(s) address of a host on an allowed port."""
    try:
        url = httpx.URL(text.strip())
        # httpx decodes the host lazily; a name that cannot be decoded must fail here, in words
        host = url.host
    except (httpx.InvalidURL, UnicodeError, ValueError, TypeError) as error:
        raise FetchError(
            "bad_url", gettext("This is not a web address. It should look like https://example.org/page.")
        ) from error
    if url.scheme not in ("http", "https"):
        raise FetchError("bad_url", gettext("Only addresses that start with http:// or https:// can be fetched."))
    if not host:
        raise FetchError("bad_url", gettext("The address names no site. It should look like https://example.org/page."))
    if url.userinfo:
        raise FetchError("bad_url", gettext("The address holds a user name or password. Remove it and try again."))
    port = url.port or (443 if url.scheme == "https" else 80)
    if policy.ports is not None and port not in policy.ports:
        text = gettext("Port %(port)d is not one we fetch from. Use the site's ordinary address.")
        raise FetchError("bad_url", text % {"port": port})
    return url.copy_with(fragment=None)


@contextmanager
def _exchange(request: httpx.Request, policy: Policy, deadline: Deadline) -> Iterator[httpcore.Response]:
    """One request on one fresh connection, without redirects, proxies or cookies. Raises FetchError."""
    url = request.url
    backend = GuardedBackend(policy, deadline)
    with httpcore.ConnectionPool(ssl_context=policy.verify or _tls(), network_backend=backend) as pool:
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        try:
            with pool.stream(request.method, target, headers=request.headers.raw, content=request.content) as response:
                yield response
        except httpcore.TimeoutException as error:
            raise deadline.error() from error
        except (httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError) as error:
            raise FetchError("unreachable", _broken(str(error)) % {"host": url.host}) from error


def _broken(detail: str) -> str:
    if "CERTIFICATE" in detail:
        return gettext("The connection to %(host)s broke. Its certificate cannot be trusted.")
    return gettext("The connection to %(host)s broke. Try later.")


def _header(response: httpcore.Response, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in response.headers if key.lower() == name), "")


class _Inflater:
    """Undoes gzip or deflate a bounded piece at a time: a bomb is noticed at the limit, not in memory."""

    def __init__(self, encoding: str) -> None:
        encoding = encoding.strip().lower()
        if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            text = gettext("The site answered in an encoding that was not asked for (%(encoding)s).")
            raise FetchError("not_text", text % {"encoding": encoding[:20]})
        self._plain = encoding in ("", "identity")
        self._stream = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)

    def feed(self, piece: bytes, room: int) -> bytes:
        if self._plain:
            return piece
        try:
            return self._stream.decompress(self._stream.unconsumed_tail + piece, room)
        except zlib.error as error:
            raise FetchError("not_text", gettext("The site sent a damaged answer. Try later.")) from error


def _read(response: httpcore.Response, max_bytes: int) -> tuple[bytes, bool]:
    """At most `max_bytes` of the decoded body, and whether there was more."""
    inflater = _Inflater(_header(response, b"content-encoding"))
    body = bytearray()
    for piece in response.iter_stream():
        body += inflater.feed(piece, max_bytes + 1 - len(body))
        if len(body) > max_bytes:
            return bytes(body[:max_bytes]), True
    return bytes(body), False


def _charset(content: bytes, content_type: str) -> str:
    if content.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    named = re.search(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", content_type, re.IGNORECASE)
    if named:
        return named[1]
    meta = _META_CHARSET.search(content[:4096])
    return meta[1].decode("ascii") if meta else "utf-8"


def decode(content: bytes, content_type: str) -> str:
    """The text of a page by BOM, header, meta tag, then UTF-8; bytes that do not fit become U+FFFD."""
    try:
        return content.decode(_charset(content, content_type), errors="replace")
    except (LookupError, UnicodeError):
        return content.decode("utf-8", errors="replace")


def _checked_type(response: httpcore.Response, accept: Iterable[str] | None) -> str:
    content_type = _header(response, b"content-type")
    kind = content_type.partition(";")[0].strip().lower()
    if accept is not None and kind and kind not in accept:
        text = gettext("The address leads to %(kind)s, not to a page. Use the address of the page.")
        raise FetchError("not_text", text % {"kind": kind[:60]})
    return content_type


def _page(
    url: str, hop: httpx.URL, response: httpcore.Response, max_bytes: int, accept: Iterable[str] | None
) -> FetchedPage:
    if not 200 <= response.status < 300:
        raise FetchError(
            "http_status",
            gettext("%(host)s answered %(status)d. Open the page in a browser to see whether it is public.")
            % {"host": hop.host, "status": response.status},
            answered=response.status,
        )
    content_type = _checked_type(response, accept)
    content, is_cut = _read(response, max_bytes)
    if is_cut:
        text = gettext("The page is larger than %(size)s MB, the most we read.")
        raise FetchError("too_large", text % {"size": f"{max_bytes / 1048576:g}"})
    if accept is not None and b"\x00" in content[:4096] and not _charset(content, content_type).startswith("utf-16"):
        raise FetchError(
            "not_text", gettext("The address leads to a file, not to a page. Use the address of the page.")
        )
    return FetchedPage(url, str(hop), content, content_type, decode(content, content_type))


def fetch(
    url: str,
    *,
    max_bytes: int = MAX_BYTES,
    timeout: float = TIMEOUT,
    max_redirects: int = MAX_REDIRECTS,
    accept: tuple[str, ...] | None = PAGE_TYPES,
    policy: Policy | None = None,
) -> FetchedPage:
    """GET a page a stranger named. `timeout` is for everything together, in seconds; `accept=None` takes any type.

    Raises FetchError with one of: bad_url, refused_address, too_large, timed_out, too_many_redirects, http_status,
    unreachable, not_text.
    """
    policy = policy or default_policy()
    deadline = Deadline(timeout)
    headers = {"User-Agent": USER_AGENT, "Accept": ", ".join(accept or ("*/*",)), "Accept-Encoding": "gzip, deflate"}
    hop = _checked_url(url, policy)
    for _ in range(max_redirects + 1):
        with _exchange(httpx.Request("GET", hop, headers=headers), policy, deadline) as response:
            location = _header(response, b"location") if response.status in _REDIRECTS else ""
            if not location:
                return _page(url, hop, response, max_bytes, accept)
        hop = _checked_url(_joined(hop, location), policy)
    text = gettext("The address leads on and on (more than %(count)d times).")
    raise FetchError("too_many_redirects", text % {"count": max_redirects})


def _joined(base: httpx.URL, location: str) -> str:
    try:
        return str(base.join(location))
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError("bad_url", gettext("The page leads on to something that is not a web address.")) from error


def send(
    method: str,
    url: str,
    *,
    content: bytes = b"",
    headers: Mapping[str, str] | None = None,
    max_bytes: int = 64 * 1024,
    timeout: float = TIMEOUT,
    policy: Policy | None = None,
) -> Answer:
    """One request to a receiver a stranger named (webhook, push). Follows no redirect; any status is an answer.

    Raises FetchError when no answer came.
    """
    policy = policy or default_policy()
    deadline = Deadline(timeout)
    sent = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity", **(headers or {})}
    request = httpx.Request(method, _checked_url(url, policy), headers=sent, content=content)
    with _exchange(request, policy, deadline) as response:
        body, is_cut = _read(response, max_bytes)
        received = {key.decode("latin-1").lower(): value.decode("latin-1") for key, value in response.headers}
        return Answer(response.status, received, body, is_cut)


def post_json(
    url: str,
    payload: object,
    *,
    headers: Mapping[str, str] | None = None,
    timeout: float = TIMEOUT,
    policy: Policy | None = None,
) -> Answer:
    """`send` of a JSON document; the bytes sent are exactly `orjson.dumps(payload)`, so sign those."""
    return send(
        "POST",
        url,
        content=orjson.dumps(payload),
        headers={"Content-Type": "application/json", **(headers or {})},
        timeout=timeout,
        policy=policy,
    )
