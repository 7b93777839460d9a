import gzip
import socket
import ssl
import threading
import time
import zlib

import pytest

from fitfoodie.common.connections import Policy, default_policy, resolve
from fitfoodie.common.http import FetchError, decode, fetch


def refused(url, **options):
    with pytest.raises(FetchError) as caught:
        fetch(url, **options)
    assert caught.value.message == str(caught.value)
    return caught.value.code


def test_fetch_page(site, near):
    site.answer("/meal?x=1", "<p>Crème</p>".encode(), Content_Type="text/html; charset=utf-8")
    page = fetch(f"{site.url}/meal?x=1#top", policy=near)
    assert (page.text, page.final_url, page.content_type) == (
        "<p>Crème</p>",
        f"{site.url}/meal?x=1",
        "text/html; charset=utf-8",
    )
    method, _, headers, _ = site.requests[0]
    assert method == "GET"
    assert headers["Host"] == f"127.0.0.1:{site.port}"
    assert headers["User-Agent"].startswith("FitFoodieBot/")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "meal",
        "//example.org/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "gopher://example.org/",
        "http://",
        "http:///path",
        "http://user@example.org/",
        "http://user:secret@example.org/",
        "http://example.org:22/",
        "http://example.org:99999/",
        "http://[::1",
        "http://exa\x00mple.org/",
        "http://xn--/",
        "http://0177.0.0.1/",
        "http://" + "a" * 70_000,
    ],
)
def test_fetch_bad_url(url):
    assert refused(url, policy=Policy()) == "bad_url"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0",
        "localhost",
        "169.254.169.254",
        "10.1.2.3",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::a9fe:a9fe]",
        "[fd00:ec2::254]",
    ],
)
def test_fetch_inner_address(host):
    assert refused(f"http://{host}/latest/meta-data/", policy=Policy()) == "refused_address"


@pytest.mark.parametrize(
    "answers", [["10.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["::ffff:10.0.0.1"], ["fe80::1%eth0"], ["nonsense"]]
)
def test_fetch_name_of_an_inner_address(answers):
    policy = Policy(resolver=lambda host, port: answers)
    assert refused("http://recipes.example/", policy=policy) == "refused_address"


def test_fetch_default_policy_refuses_private(settings):
    assert refused("http://127.0.0.1/") == "refused_address"


def test_default_policy_follows_settings(settings):
    settings.OUTGOING_HTTP_ALLOW_PRIVATE = True
    settings.OUTGOING_HTTP_PORTS = [8080]
    assert default_policy() == Policy(allow_private=True, ports=frozenset({8080}))


def test_fetch_rebinding_name_is_resolved_once_per_connection(site):
    """The second answer of a rebinding name is never asked for: the judged address is the one connected to."""
    asked = []

    def rebinding(host, port):
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.2"]

    site.answer("/", b"ok", Content_Type="text/plain")
    page = fetch(
        f"http://rebind.example:{site.port}/", policy=Policy(allow_private=True, ports=None, resolver=rebinding)
    )
    assert page.text == "ok"
    assert asked == ["rebind.example"]
    assert site.requests[0][2]["Host"] == f"rebind.example:{site.port}"


def test_fetch_rebinding_on_the_second_hop(site):
    """A name that was good at the first hop is judged again at the next."""
    answers = iter([["127.0.0.1"], ["169.254.169.254"]])
    judged = []

    def resolver(host, port):
        judged.append(next(answers))
        return judged[-1]

    site.answer("/", status=302, Location="/again")
    policy = Policy(allow_private=True, ports=None, resolver=resolver)
    assert refused(f"http://rebind.example:{site.port}/", policy=policy, timeout=0.5) in {"unreachable", "timed_out"}
    assert judged == [["127.0.0.1"], ["169.254.169.254"]]


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1/", "http://169.254.169.254/latest/", "//127.0.0.1/", "http://localhost/admin"]
)
def test_fetch_redirect_to_inner_address(site, monkeypatch, target):
    """The first hop is let through as if it were public; the redirect is judged for itself."""
    site.answer("/", status=302, Location=target)
    monkeypatch.setattr(
        "fitfoodie.common.connections._is_public_text", lambda address: address == "127.0.0.1" and not site.requests
    )
    policy = Policy(ports=frozenset({80, site.port}), resolver=resolve)
    assert refused(f"{site.url}/", policy=policy) == "refused_address"


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://example.org/", "http://u:p@example.org/", "http://h:x/"]
)
def test_fetch_redirect_to_bad_url(site, near, target):
    site.answer("/", status=301, Location=target)
    assert refused(f"{site.url}/", policy=near) == "bad_url"


def test_fetch_redirects_up_to_the_limit(site, near):
    for number in range(3):
        site.answer(f"/{number}", status=302, Location=f"/{number + 1}", Set_Cookie="id=1")
    site.answer("/3", b"there", Content_Type="text/plain")
    page = fetch(f"{site.url}/0", policy=near)
    assert (page.url, page.final_url, page.text) == (f"{site.url}/0", f"{site.url}/3", "there")
    assert all("Cookie" not in headers for _, _, headers, _ in site.requests)


def test_fetch_redirect_loop(site, near):
    site.answer("/", status=302, Location="/")
    assert refused(f"{site.url}/", policy=near) == "too_many_redirects"
    assert len(site.requests) == 4


def test_fetch_redirect_without_location(site, near):
    site.answer("/", status=302)
    assert refused(f"{site.url}/", policy=near) == "http_status"


@pytest.mark.parametrize("status", [404, 403, 500])
def test_fetch_error_status(site, near, status):
    site.answer("/", status=status)
    with pytest.raises(FetchError) as caught:
        fetch(f"{site.url}/", policy=near)
    assert (caught.value.code, caught.value.answered) == ("http_status", status)


def test_fetch_too_large(site, near):
    site.answer("/", b"x" * 2001, Content_Type="text/plain")
    assert refused(f"{site.url}/", policy=near, max_bytes=2000) == "too_large"
    site.answer("/", b"x" * 2000, Content_Type="text/plain")
    assert len(fetch(f"{site.url}/", policy=near, max_bytes=2000).content) == 2000


@pytest.mark.parametrize(
    ("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress), ("identity", bytes)]
)
def test_fetch_compressed(site, near, encoding, pack):
    site.answer("/", pack(b"rice " * 1000), Content_Type="text/plain", Content_Encoding=encoding)
    assert fetch(f"{site.url}/", policy=near).text == "rice " * 1000


def test_fetch_gzip_bomb(site, near):
    """100 MB of zeros in 100 kB: noticed at the limit, long before it is unpacked."""
    site.answer("/", gzip.compress(bytes(100 * 1024 * 1024), 9), Content_Type="text/plain", Content_Encoding="gzip")
    started = time.monotonic()
    assert refused(f"{site.url}/", policy=near) == "too_large"
    assert time.monotonic() - started < 2


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip"])
def test_fetch_encoding_not_asked_for(site, near, encoding):
    site.answer("/", b"x", Content_Type="text/plain", Content_Encoding=encoding)
    assert refused(f"{site.url}/", policy=near) == "not_text"


def test_fetch_broken_gzip(site, near):
    site.answer("/", b"not gzip", Content_Type="text/plain", Content_Encoding="gzip")
    assert refused(f"{site.url}/", policy=near) == "not_text"


@pytest.mark.parametrize("content_type", ["image/png", "application/pdf", "video/mp4"])
def test_fetch_type_not_accepted(site, near, content_type):
    site.answer("/", b"x", Content_Type=content_type)
    assert refused(f"{site.url}/", policy=near) == "not_text"
    assert fetch(f"{site.url}/", policy=near, accept=None).content == b"x"


def test_fetch_binary_without_type(site, near):
    site.answer("/", b"\x7fELF\x00\x00")
    assert refused(f"{site.url}/", policy=near) == "not_text"


def drip(handler, *, in_headers):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n" + (b"" if in_headers else b"\r\n"))
    for _ in range(100):
        handler.wfile.write(b"X-A: 1\r\n" if in_headers else b"x")
        time.sleep(0.05)


@pytest.mark.parametrize("in_headers", [True, False])
def test_fetch_slow_drip(site, near, in_headers):
    site.routes["/"] = lambda handler: drip(handler, in_headers=in_headers)
    started = time.monotonic()
    assert refused(f"{site.url}/", policy=near, timeout=0.4) == "timed_out"
    assert time.monotonic() - started < 1.5


def test_fetch_slow_lookup(near):
    policy = Policy(resolver=lambda host, port: time.sleep(1) or [])
    assert refused("http://slow.example/", policy=policy, timeout=0.1) == "timed_out"


def unknown(host, port):
    raise socket.gaierror


@pytest.mark.parametrize("resolver", [unknown, lambda host, port: []])
def test_fetch_unknown_name(resolver):
    assert refused("http://nowhere.example/", policy=Policy(resolver=resolver)) == "unreachable"


def test_fetch_nobody_listens(near):
    with socket.socket() as idle:
        idle.bind(("127.0.0.1", 0))
        assert refused(f"http://127.0.0.1:{idle.getsockname()[1]}/", policy=near) == "unreachable"


def test_fetch_second_address_when_the_first_is_silent(site):
    policy = Policy(allow_private=True, ports=None, resolver=lambda host, port: ["127.0.0.77", "127.0.0.1"])
    site.answer("/", b"ok", Content_Type="text/plain")
    assert fetch(f"http://two.example:{site.port}/", policy=policy).text == "ok"


def test_fetch_not_http(near):
    with socket.create_server(("127.0.0.1", 0)) as server:

        def speak():
            peer, _ = server.accept()
            peer.recv(1000)
            peer.sendall(b"SSH-2.0-OpenSSH_9\r\n")
            peer.close()

        thread = threading.Thread(target=speak)
        thread.start()
        assert refused(f"http://127.0.0.1:{server.getsockname()[1]}/", policy=near) == "unreachable"
        thread.join()


def test_fetch_tls_checks_the_name_not_the_address(tmp_path, site):
    """A pinned socket still sends and verifies the name: the certificate of another name is refused."""
    pem = tmp_path / "site.pem"
    pem.write_bytes(self_signed("kitchen.example"))
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server_side.load_cert_chain(pem)
    site.server.socket = server_side.wrap_socket(site.server.socket, server_side=True)
    trusting = ssl.create_default_context(cafile=str(pem))
    policy = Policy(allow_private=True, ports=None, resolver=lambda host, port: ["127.0.0.1"], verify=trusting)
    site.answer("/", b"ok", Content_Type="text/plain")
    assert fetch(f"https://kitchen.example:{site.port}/", policy=policy).text == "ok"
    assert refused(f"https://other.example:{site.port}/", policy=policy) == "unreachable"


def self_signed(name):
    from datetime import UTC, datetime, timedelta  # noqa: PLC0415 - slow import, used by one test

    from cryptography import x509  # noqa: PLC0415 - slow import, used by one test
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 - as above

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ) + certificate.public_bytes(serialization.Encoding.PEM)


@pytest.mark.parametrize(
    ("content", "content_type", "text"),
    [
        ("Öl".encode(), "text/html", "Öl"),
        ("Öl".encode("latin-1"), "text/html; charset=iso-8859-1", "Öl"),
        ("豆腐".encode("gb18030"), 'text/html; charset="gb18030"', "豆腐"),
        (b'<meta charset="gbk">' + "豆腐".encode("gbk"), "text/html", '<meta charset="gbk">豆腐'),
        ("Öl".encode("utf-8-sig"), "text/html; charset=latin-1", "Öl"),
        ("Öl".encode("utf-16"), "text/html", "Öl"),
        (b"\xff", "text/html", "�"),
        ("Öl".encode(), "text/html; charset=no-such-thing", "Öl"),
        (b"ab", "text/html; charset=hex", "ab"),
        (b"\xff.a", "text/html; charset=idna", "�.a"),
    ],
)
def test_decode(content, content_type, text):
    assert decode(content, content_type) == text
