import pytest

from fitfoodie.common.images.antivirus import Verdict, is_configured, scan


def test_scan_clean(clamd):
    data = bytes(200_000)
    assert scan(data) is Verdict.CLEAN
    assert clamd.scanned == [data]


def test_scan_infected(clamd, eicar):
    assert scan(b"\xff\xd8\xff" + eicar) is Verdict.INFECTED


@pytest.mark.parametrize(
    "answer", [b"INSTREAM size limit exceeded. ERROR\0", b"stream: lstat() failed ERROR\0", b"\0", b"stream: OKAY\0"]
)
def test_scan_strange_answer_is_no_pass(clamd, answer):
    clamd.answer = answer
    assert scan(b"x") is Verdict.UNKNOWN


def test_scan_silent_scanner(clamd):
    clamd.answer = None
    assert scan(b"x") is Verdict.UNKNOWN


@pytest.mark.parametrize("address", ["127.0.0.1:1", "/nowhere/clamd.sock", "no port", "127.0.0.1:x"])
def test_scan_scanner_down(settings, address):
    settings.CLAMAV_ADDRESS = address
    assert scan(b"x") is Verdict.UNKNOWN


def test_scan_unix_socket(unix_clamd):
    assert scan(b"x") is Verdict.CLEAN


def test_is_configured(settings):
    settings.CLAMAV_ADDRESS = ""
    assert is_configured() is False
    settings.CLAMAV_ADDRESS = "clamav:3310"
    assert is_configured() is True
