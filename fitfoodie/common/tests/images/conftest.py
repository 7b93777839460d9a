"""Pictures are drawn by the tests themselves; the scanner is a real socket that speaks INSTREAM."""

from __future__ import annotations

import io
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PIL import Image

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@pytest.fixture
def eicar() -> bytes:
    """The string every scanner reports, harmless in itself."""
    return EICAR


@pytest.fixture
def drawn() -> Callable[..., io.BytesIO]:
    """A picture with four different corners: red, green, blue, white, clockwise from the top left."""

    def draw(kind: str = "JPEG", size: tuple[int, int] = (400, 300), mode: str = "RGB", **options: Any) -> io.BytesIO:
        image = Image.new("RGB", (2, 2))
        for point, color in {(0, 0): "#dc1414", (1, 0): "#14c814", (1, 1): "#1414dc", (0, 1): "#f0f0f0"}.items():
            image.putpixel(point, tuple(bytes.fromhex(color[1:])))
        file = io.BytesIO()
        image.resize(size, Image.Resampling.NEAREST).convert(mode).save(file, kind, **options)
        file.seek(0)
        return file

    return draw


class FakeClamd:
    """clamd as far as INSTREAM goes; `answer` overrides what it says, `None` keeps it silent."""

    def __init__(self, listener: socket.socket) -> None:
        self.listener = listener
        self.scanned: list[bytes] = []
        self.answer: bytes | None = b""
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self) -> None:
        while True:
            try:
                peer, _ = self.listener.accept()
            except OSError:
                return
            with peer:
                self._talk(peer)

    def _talk(self, peer: socket.socket) -> None:
        with peer.makefile("rb") as stream:
            assert stream.read(10) == b"zINSTREAM\0"
            data = b""
            while length := int.from_bytes(stream.read(4), "big"):
                data += stream.read(length)
        self.scanned.append(data)
        if self.answer is None:
            threading.Event().wait(0.5)
            return
        found = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in data else b"stream: OK\0"
        peer.sendall(self.answer or found)

    def close(self) -> None:
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join()


@pytest.fixture
def clamd(settings) -> Iterator[FakeClamd]:
    listener = socket.create_server(("127.0.0.1", 0))
    settings.CLAMAV_ADDRESS = f"127.0.0.1:{listener.getsockname()[1]}"
    settings.CLAMAV_TIMEOUT = 0.3
    fake = FakeClamd(listener)
    yield fake
    fake.close()


@pytest.fixture
def unix_clamd(settings, tmp_path) -> Iterator[FakeClamd]:
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(tmp_path / "clamd.sock"))
    listener.listen()
    settings.CLAMAV_ADDRESS = str(tmp_path / "clamd.sock")
    fake = FakeClamd(listener)
    yield fake
    fake.close()
