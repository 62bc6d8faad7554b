"""Mail servers that let nobody in by password: what they are shown must be a token the provider gave and still honours."""

from __future__ import annotations

import base64
import re
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult

from fedele.inbox.fetching.tests.server import PASSWORD, USER, Server
from fedele.inbox.providers.tests.service import Service
from fedele.notices.tests.conftest import Mailbox as Handler

SHOWN = re.compile(r"user=([^\x01]*)\x01auth=Bearer ([^\x01]*)\x01\x01")
WHY = base64.b64encode(b'{"status":"401"}')


def lets_in(service: Service, user: str, shown: bytes) -> bool:
    found = SHOWN.fullmatch(base64.b64decode(shown).decode())
    return bool(found) and found[1] == user and found[2] in service.access


class _Imap(socketserver.StreamRequestHandler):
    """Signs in by token, then hands the line over to the real server behind."""

    service: Service
    user: str
    behind: Server

    def handle(self) -> None:
        self.wfile.write(b"* OK ready\r\n")
        while line := self.rfile.readline():
            tag, command = line.split()[0], line.split()[1].upper()
            if command == b"AUTHENTICATE" and self._authenticate(tag):
                return self._hand_over()
            if command == b"CAPABILITY":
                self.wfile.write(b"* CAPABILITY IMAP4rev1 AUTH=XOAUTH2\r\n" + tag + b" OK done\r\n")
            elif command == b"LOGOUT":
                return self.wfile.write(b"* BYE\r\n" + tag + b" OK done\r\n") and None
            elif command != b"AUTHENTICATE":
                self.wfile.write(tag + b" NO passwords are not taken here\r\n")
        return None

    def _authenticate(self, tag: bytes) -> bool:
        self.wfile.write(b"+ \r\n")
        if lets_in(self.service, self.user, self.rfile.readline()):
            self.wfile.write(tag + b" OK in\r\n")
            return True
        self.wfile.write(b"+ " + WHY + b"\r\n")
        self.rfile.readline()
        self.wfile.write(tag + b" NO the token is not valid\r\n")
        return False

    def _hand_over(self) -> None:
        with socket.create_connection(("127.0.0.1", self.behind.port)) as real:
            answers = real.makefile("rb")
            answers.readline()
            real.sendall(f"in LOGIN {USER} {PASSWORD}\r\n".encode())
            while not answers.readline().startswith(b"in "):
                pass
            back = threading.Thread(target=self._back, args=(answers,), daemon=True)
            back.start()
            while piece := self.rfile.read1(65536):
                real.sendall(piece)
            back.join(1)

    def _back(self, answers: Any) -> None:
        while piece := answers.read1(65536):
            self.wfile.write(piece)


class _Tcp(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True


@contextmanager
def imap_door(service: Service, behind: Server, user: str) -> Iterator[int]:
    handler = type("Imap", (_Imap,), {"service": service, "behind": behind, "user": user})
    with _Tcp(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


class SmtpDoor(Handler):
    """An SMTP server's handler that takes letters from who shows a token."""

    def __init__(self, service: Service, user: str) -> None:
        super().__init__()
        self.service, self.user, self.refused = service, user, 0

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:  # noqa: N802
        if lets_in(self.service, self.user, args[1].encode()):
            return AuthResult(success=True)
        self.refused += 1
        await server.challenge_auth(WHY)
        return AuthResult(success=False, handled=False)
