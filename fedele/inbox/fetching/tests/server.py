"""A real IMAP server in a process of its own, with one mailbox that anybody can put mail into."""

from __future__ import annotations

import imaplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

USER, PASSWORD = "info", "segreta"


class Server:
    def __init__(self, port: int) -> None:
        self.port = port
        self._client: imaplib.IMAP4 | None = None

    @property
    def client(self) -> imaplib.IMAP4:
        if self._client is None:
            self._client = imaplib.IMAP4("127.0.0.1", self.port)
            self._client.login(USER, PASSWORD)
        return self._client

    def deliver(self, *mails: bytes, folder: str = "INBOX") -> None:
        for mail in mails:
            answer, said = self.client.append(folder, "", "", mail)
            assert answer == "OK", said

    def make_folder(self, name: str) -> None:
        self.client.create(name)

    def flags(self, folder: str = "INBOX") -> list[bytes]:
        self.client.select(folder, readonly=True)
        return [one for one in self.client.fetch("1:*", "(FLAGS)")[1] if one]

    def count(self, folder: str = "INBOX") -> int:
        return int(self.client.select(folder, readonly=True)[1][0] or 0)


@contextmanager
def imap_server() -> Iterator[Server]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [
        str(Path(sys.executable).parent / "pymap"),
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--no-tls",
        "--no-service",
        "admin",
    ]
    command += ["dict", "--demo-user", USER, "--demo-password", PASSWORD]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield Server(port)
    finally:
        process.kill()
        process.wait()


def _wait_for(port: int) -> None:
    for _try in range(300):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise AssertionError("the IMAP server did not start")
