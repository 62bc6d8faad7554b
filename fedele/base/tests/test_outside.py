"""A-42: no address somebody gave leads into our own network."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from fedele.base import outside
from fedele.base.outside import NotOutside, Unreachable, checked, post

INSIDE = """
    https://127.0.0.1/ https://0177.0.0.1/ https://0x7f.1/ https://2130706433/ https://127.1/ https://[::1]/
    https://[::ffff:127.0.0.1]/ https://169.254.169.254/latest/ https://10.0.0.1/ https://localhost./ https://localhost/
    https://[64:ff9b::7f00:1]/ https://[fe80::1]/ https://0.0.0.0/ https://192.168.1.1/ https://100.64.0.1/
""".split()


@pytest.fixture(autouse=True)
def no_packet(monkeypatch: Any) -> None:
    def refuse(*_args: Any, **_kwargs: Any) -> None:
        raise AssertionError("a packet would have left")

    monkeypatch.setattr(outside.socket, "create_connection", refuse)


@pytest.mark.parametrize("url", INSIDE)
def test_addresses_of_our_own_network_are_refused_before_any_packet(url: str) -> None:
    # Some systems know no name with a dot at its end.
    with pytest.raises((NotOutside, Unreachable)):
        post(url, b"x", {})


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/",
        "https://user@example.com/",
        "https://example.com:25/",
        "https://exаmple.com/",
        "https:///x",
        "file:///etc/passwd",
    ],
)
def test_looks_alone_are_enough_to_refuse(url: str) -> None:
    with pytest.raises(NotOutside):
        checked(url)


@pytest.mark.parametrize("answers", [["127.0.0.1"], ["93.184.215.14", "10.0.0.1"]])
def test_a_name_with_one_private_answer_is_refused(monkeypatch: Any, answers: list[str]) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in answers]
    monkeypatch.setattr(outside.socket, "getaddrinfo", lambda *_args, **_kwargs: found)
    with pytest.raises(NotOutside):
        post("https://push.example.com/", b"x", {})
