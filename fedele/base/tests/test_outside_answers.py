"""How much is read of what is answered there, and for how long."""

from __future__ import annotations

import socketserver
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from fedele.base.outside import BrokenOff, post


class _Drip(socketserver.StreamRequestHandler):
    """Promises a lot and gives one byte every fifth of a second, or all at once."""

    def handle(self) -> None:
        asked = self.rfile.readline()
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        if b"/slow" not in asked:
            self.wfile.write(b"x" * 1000)
            return
        for _byte in range(50):
            self.wfile.write(b"x")
            time.sleep(0.2)


@pytest.fixture
def address(settings: Any) -> Iterator[str]:
    settings.PRIVATE_ADDRESSES = True
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Drip) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_no_more_is_read_than_is_wanted(address: str) -> None:
    assert [len(post(f"{address}/fast", b"", {}, most=most).body) for most in (0, 10, 5000)] == [0, 10, 1000]


def test_who_answers_a_byte_at_a_time_is_not_waited_for(address: str) -> None:
    begun = time.monotonic()
    with pytest.raises(BrokenOff):
        post(f"{address}/slow", b"", {}, timeout=1, most=5000)
    assert time.monotonic() - begun < 5
