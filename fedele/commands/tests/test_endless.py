"""Uploads without end, against the server as it runs: refused soon, with disk and memory as they were (A-55)."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from fedele.commands.tests.installation import Installation, installation

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
BLOCK = 1 << 20
#: How much is sent before one gives up sending; what a server that keeps it would have grown by.
MOST = 300
SIGN_IN = """
import django
django.setup()
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from fedele.access.keys import ApiKey
from fedele.access.models import User
sara = User.objects.get()
session = import_module(settings.SESSION_ENGINE).SessionStore()
session.update({SESSION_KEY: str(sara.pk), BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0], HASH_SESSION_KEY: sara.get_session_auth_hash()})
session.save()
print(ApiKey.make(sara, "tests")[1], settings.SESSION_COOKIE_NAME, session.session_key)
"""


@dataclass
class Served:
    """A server, with somebody signed in."""

    one: Installation
    port: int
    pid: int
    key: str
    cookie: str

    def upload(self, address: str, size: str) -> tuple[int, str]:
        """(megabytes the server took, the first line it answered)"""
        head = f"POST {address} HTTP/1.1\r\nHost: localhost:{self.port}\r\nConnection: close\r\n{self.who(address)}\r\n{size}\r\n"
        head += "Content-Type: multipart/form-data; boundary=x\r\n\r\n"
        start = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as line:
            line.sendall(head.encode())
            taken = 0
            try:
                while taken < MOST:
                    piece = (b"" if taken else start) + b"a" * BLOCK
                    line.sendall(f"{len(piece):x}\r\n".encode() + piece + b"\r\n" if "chunked" in size else piece)
                    taken += 1
            except OSError:
                pass
            return taken, line.recv(200).decode(errors="replace").partition("\r\n")[0]

    def who(self, address: str) -> str:
        return f"Authorization: Bearer {self.key}" if address.startswith("/api/") else f"Cookie: {self.cookie}"

    def kept(self) -> int:
        """Bytes on disk, of data and of files on their way."""
        return sum(path.stat().st_size for path in self.one.folder.parent.rglob("*") if path.is_file())

    def wait_for_nothing_left(self) -> None:
        """Until the server has noticed that the sender is gone."""
        until = time.monotonic() + 30
        while self.temporary() and time.monotonic() < until:
            time.sleep(0.2)

    def temporary(self) -> list[Path]:
        return list((self.one.folder.parent / "temporary").iterdir())

    def memory(self) -> int:
        """The most the processes of the server ever had, in bytes."""
        family = [self.pid, *_children(self.pid)]
        said = [Path(f"/proc/{pid}/status").read_text() for pid in family]
        return sum(int(one.split("VmHWM:")[1].split()[0]) << 10 for one in said)


def _children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.fixture(scope="module")
def served(tmp_path_factory: Any) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("endless")
    (folder / "temporary").mkdir()
    with installation(folder / "data") as one:
        one.environment["TMPDIR"] = str(folder / "temporary")
        one.run("migrate")
        one.run("administrator", "sara@example.com")
        key, name, session = one.python("-c", SIGN_IN).out.split()
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "fedele", "serve", "--port", str(port)]
        server = subprocess.Popen(command, env=one.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            _wait_for(port)
            made = Served(one, port, server.pid, key, f"{name}={session}")
            # The first requests bring the program into memory.
            for address in ("/api/v1/documents", "/share/", "/documents/upload/"):
                made.upload(address, "Content-Length: 0")
            yield made
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=60)


def _wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return


KEPT = """
import django
django.setup()
from fedele.knowledge.models import Document, StoredFile
print(Document.objects.count(), StoredFile.objects.count())
"""


@pytest.mark.parametrize("address", ["/api/v1/documents", "/share/"])
def test_broken_off_it_leaves_nothing(served: Served, address: str) -> None:
    """The sender is gone after a third of what was to come: no half file is kept, none is left behind."""
    before = served.kept()
    with socket.create_connection(("127.0.0.1", served.port), timeout=30) as line:
        head = f"POST {address} HTTP/1.1\r\nHost: localhost:{served.port}\r\n{served.who(address)}\r\nContent-Length: {15 << 20}\r\n"
        start = f'--x\r\nContent-Disposition: form-data; name="{"files" if "share" in address else "file"}"; filename="a.txt"\r\n\r\n'
        line.sendall(f"{head}Content-Type: multipart/form-data; boundary=x\r\n\r\n{start}".encode() + b"a" * (5 << 20))
        time.sleep(1)
    served.wait_for_nothing_left()
    assert served.one.python("-c", KEPT).out == "0 0"
    assert served.kept() - before < BLOCK
    assert served.temporary() == []


@pytest.mark.parametrize(
    ("address", "size", "answers"),
    [
        ("/api/v1/documents", "Transfer-Encoding: chunked", "422"), ("/api/v1/documents", f"Content-Length: {10 << 30}", "413"),
        ("/documents/upload/", "Transfer-Encoding: chunked", "419"), ("/documents/upload/", f"Content-Length: {10 << 30}", "302"),
        ("/share/", "Transfer-Encoding: chunked", "302"), ("/share/", f"Content-Length: {10 << 30}", "400"),
    ],
)  # fmt: skip
def test_without_end_it_ends_soon(served: Served, address: str, size: str, answers: str) -> None:
    before, memory = served.kept(), served.memory()
    taken, said = served.upload(address, size)
    assert (said.split()[1], taken < 100) == (answers, True), (said, taken)
    assert served.kept() - before < 5 * BLOCK
    assert served.memory() - memory < 60 * BLOCK
    assert served.temporary() == []
