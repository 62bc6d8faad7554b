"""Sending to an address that somebody else named: by https, and never into our own network.

The name is resolved once, every address it has is judged, and the connection goes to one of exactly these: a name that
answers differently a moment later leads nowhere else. Answers that send us on are not followed.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

#: IPv6 ranges that lead to IPv4 addresses, which may be private ones.
DISGUISES = tuple(ipaddress.ip_network(one) for one in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))


class NotOutside(ValueError):
    """This address is none that one may be made to call."""


class Unreachable(Exception):
    """Certainly nothing was received there."""


class BrokenOff(Exception):
    """The line broke after sending began: it may have been received."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = field(default=b"", repr=False)


def checked(url: str) -> SplitResult:
    """What may be called, by its looks; `NotOutside` says why not. Where the name leads is judged when it is called."""
    parts = urlsplit(url)
    inside = settings.PRIVATE_ADDRESSES
    if parts.scheme != "https" and not (inside and parts.scheme == "http"):
        raise NotOutside("not https")
    if parts.username is not None or parts.password is not None or not parts.hostname or not parts.hostname.isascii():
        raise NotOutside("a name with more or less than a host")
    if parts.port not in (None, 443) and not inside:
        raise NotOutside("a port of its own")
    return parts


def addresses_of(host: str, port: int) -> list[str]:
    """Where the name leads; `NotOutside` if only one of them is not for everybody."""
    try:
        found = sorted({str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)})
    except (OSError, UnicodeError) as error:
        raise Unreachable(f"no such name: {host}") from error
    if not settings.PRIVATE_ADDRESSES and not all(map(_is_public, found)):
        raise NotOutside(f"{host} is in a private network")
    return found


def post(url: str, body: bytes, headers: Mapping[str, str], *, timeout: float = 15, most: int = 0) -> Answer:
    """Sends `body`; whatever is answered is an `Answer`, also a refusal, with its first `most` bytes."""
    parts = checked(url)
    connection = _connection(parts, timeout)
    try:
        connection.request(
            "POST", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), body, dict(headers)
        )
        answer = connection.getresponse()
        said = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, said, _read(answer, most, timeout))
    except (OSError, http.client.HTTPException) as error:
        raise BrokenOff(repr(error)) from error
    finally:
        connection.close()


def _read(answer: http.client.HTTPResponse, most: int, timeout: float) -> bytes:
    """Who answers a byte at a time is not listened to for longer than `timeout` in all."""
    end, read = time.monotonic() + timeout, b""
    while len(read) < most and (piece := answer.read1(most - len(read))):
        read += piece
        if time.monotonic() > end:
            raise TimeoutError("the answer does not end")
    return read


def _connection(parts: SplitResult, timeout: float) -> http.client.HTTPConnection:
    host, secure = str(parts.hostname), parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    socket_ = _reached(addresses_of(host, port), port, timeout)
    try:
        wire = ssl.create_default_context().wrap_socket(socket_, server_hostname=host) if secure else socket_
    except OSError as error:
        socket_.close()
        raise Unreachable(repr(error)) from error
    connection = http.client.HTTPConnection(host, port, timeout=timeout)
    connection.sock = wire
    return connection


def _reached(addresses: list[str], port: int, timeout: float) -> socket.socket:
    error: OSError = OSError("no address")
    for address in addresses:
        try:
            return socket.create_connection((address, port), timeout)
        except OSError as failed:
            error = failed
    raise Unreachable(repr(error)) from error


def _is_public(text: str) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return _is_public(str(address.ipv4_mapped))
        if any(address in network for network in DISGUISES):
            return False
    return address.is_global and not address.is_multicast
