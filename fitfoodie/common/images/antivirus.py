"""A client for clamd's INSTREAM command: the one thing we need of it, in the file system's or TCP's socket.

The protocol is in clamd's manual page: each chunk is a four-byte big-endian length and the bytes, a length of zero
ends the stream, the answer is one line.
"""

from __future__ import annotations

import socket
from enum import StrEnum

from django.conf import settings

CHUNK = 64 * 1024
MAX_ANSWER = 4096


class Verdict(StrEnum):
    CLEAN = "clean"
    INFECTED = "infected"
    UNKNOWN = "unknown"  # the scanner did not say: whatever was to be scanned stays held


def is_configured() -> bool:
    return bool(settings.CLAMAV_ADDRESS)


def scan(data: bytes) -> Verdict:
    """What the configured scanner says; UNKNOWN for every kind of failure, never a pass."""
    try:
        with _connect(settings.CLAMAV_ADDRESS, settings.CLAMAV_TIMEOUT) as peer:
            peer.sendall(b"zINSTREAM\0")
            for start in range(0, len(data), CHUNK):
                piece = data[start : start + CHUNK]
                peer.sendall(len(piece).to_bytes(4, "big") + piece)
            peer.sendall(bytes(4))
            return _verdict(_answer(peer))
    except (OSError, ValueError):
        return Verdict.UNKNOWN


def _connect(address: str, timeout: float) -> socket.socket:
    if "/" in address:
        peer = socket.socket(socket.AF_UNIX)
        peer.settimeout(timeout)
        try:
            peer.connect(address)
        except OSError:
            peer.close()
            raise
        return peer
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=timeout)


def _answer(peer: socket.socket) -> bytes:
    answer = b""
    while not answer.endswith((b"\0", b"\n")) and len(answer) < MAX_ANSWER:
        piece = peer.recv(MAX_ANSWER)
        if not piece:
            break
        answer += piece
    return answer.strip(b"\0\r\n")


def _verdict(answer: bytes) -> Verdict:
    if answer == b"stream: OK":
        return Verdict.CLEAN
    return Verdict.INFECTED if answer.startswith(b"stream: ") and answer.endswith(b" FOUND") else Verdict.UNKNOWN
