"""The running server: requests per second at eight connections, memory, start, and the weight of a visit."""

from __future__ import annotations

import gzip
import http.client
import multiprocessing
import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

SECONDS = 5
CONNECTIONS = 8


def session() -> str:
    user = get_user_model().objects.get(email__startswith="giulia@")
    store = SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(user.pk), settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return str(store.session_key)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def get(port: int, path: str, key: str) -> tuple[int, bytes, dict[str, str]]:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    link.request("GET", path, headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}={key}", "Accept-Encoding": "gzip"})
    response = link.getresponse()
    return response.status, response.read(), {name.lower(): value for name, value in response.getheaders()}


def hammer(port: int, path: str, key: str, seconds: float, out: multiprocessing.Queue) -> None:
    """One connection, kept open, as many requests as the server answers."""
    link, done = http.client.HTTPConnection("127.0.0.1", port, timeout=30), 0
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        link.request("GET", path, headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}={key}"})
        response = link.getresponse()
        response.read()
        done += response.status == 200
    out.put(done)


def per_second(port: int, path: str, key: str) -> float:
    out: multiprocessing.Queue = multiprocessing.Queue()
    runs = [multiprocessing.Process(target=hammer, args=(port, path, key, SECONDS, out)) for _ in range(CONNECTIONS)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    return sum(out.get() for _ in runs) / SECONDS


def memory(pid: int) -> float:
    """Proportional set size of a process and its children, in MiB."""
    total, pids = 0, [pid]
    while pids:
        one = pids.pop()
        children = Path(f"/proc/{one}/task/{one}/children")
        pids += map(int, children.read_text().split()) if children.exists() else []
        rollup = Path(f"/proc/{one}/smaps_rollup")
        if rollup.exists():
            total += sum(int(line.split()[1]) for line in rollup.read_text().splitlines() if line.startswith("Pss:"))
    return total / 1024


def start(port: int, workers: int) -> tuple[subprocess.Popen, float]:
    from fedele.commands.web import granian

    began = time.perf_counter()
    process = subprocess.Popen(
        granian("127.0.0.1", port, workers=workers, threads=4), env=os.environ, stdout=sys.stderr
    )
    while time.perf_counter() - began < 30:
        try:
            if get(port, "/accounts/login/", "")[0] == 200:
                break
        except OSError:
            time.sleep(0.02)
    return process, time.perf_counter() - began


def visit(port: int, key: str) -> dict[str, str]:
    """A first visit of the list: the page and what it fetches, compressed; then the same page again."""
    status, body, headers = get(port, "/companies/", key)
    assert status == 200
    page = gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body
    sent = len(body) if headers.get("content-encoding") == "gzip" else len(gzip.compress(page))
    text = page.decode()
    wanted = set(re.findall(r'(?:src|href)="(/static/[^"#]+)', text)) | set(
        re.findall(r'href="(/static/[^"#]+)#', text)
    )
    script_style, everything = 0, sent
    for address in sorted(wanted):
        _status, content, found = get(port, address, key)
        everything += len(content)
        if found.get("content-type", "").startswith(("text/css", "text/javascript", "application/javascript")):
            script_style += len(content)
    return {
        "first visit": f"{everything / 1000:.0f} kB, {len(wanted) + 1} requests",
        "of it script and style": f"{script_style / 1000:.0f} kB",
        "second visit": f"{sent / 1000:.1f} kB, 1 request",
    }


def measure() -> dict[str, str]:
    key, port = session(), free_port()
    connection.close()
    process, seconds = start(port, workers=2)
    try:
        time.sleep(1)
        idle = memory(process.pid)
        figures = {"cold start": f"{seconds:.2f} s", **visit(port, key)}
        pages = {
            "list": "/companies/?view=all",
            "board": "/opportunities/board/",
            "search": "/palette/?q=off",
            "company": "/companies/1/",
        }
        for name, path in pages.items():
            figures[f"{name}, requests/s at 8"] = f"{per_second(port, path, key):.0f}"
        figures["memory, 2 workers idle → loaded"] = f"{idle:.0f} → {memory(process.pid):.0f} MiB"
    finally:
        process.terminate()
        process.wait(timeout=20)
    return figures
