"""How the web server is called, and whether its port is free."""

from __future__ import annotations

import argparse
import errno
import socket
import sys

from fedele.commands.failing import Failed


def add_address(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: %(default)s)")


def granian(host: str, port: int, *, workers: int, threads: int) -> list[str]:
    """Threads wait for the database; a bounded number of requests waits for threads."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--log-level", "warning"),
        *("--host", host, "--port", str(port), "--workers", str(workers), "--blocking-threads", str(threads)),
        *("--backpressure", str(max(64, threads * 8)), "fedele.config.wsgi:application"),
    ]


def require_free_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Failed(_why_not(error, host, port)) from error
        except OverflowError as error:
            raise Failed(f"There is no port {port}; ports go from 1 to 65535.") from error


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken by another program; stop that or choose another, such as --port {port + 1}."
    if error.errno == errno.EACCES:
        return f"Port {port} needs administrator rights; choose one above 1023, for instance --port 8000."
    return f"This machine cannot listen on {host}, port {port}: {error.strerror or error}."


def answers(host: str, port: int) -> bool:
    """Does somebody accept connections there?"""
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - the reverse of listening
    try:
        socket.create_connection((target, port), timeout=1).close()
    except OSError:
        return False
    return True
