"""A server that speaks S3, in a process of its own, and a bucket in it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import boto3

KEYS = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing-secret"}
NAME = "fedele-tests"


@dataclass
class Server:
    """Where it listens."""

    address: str

    def url(self, bucket: str = NAME) -> str:
        """As FEDELE_STORAGE_URL has it."""
        return f"s3://{bucket}?endpoint_url={self.address}&region_name=eu-south-1"

    def client(self, service: str = "s3", **keys: str) -> Any:
        given = keys or {name.lower(): value for name, value in KEYS.items()}
        return boto3.client(service, endpoint_url=self.address, region_name="eu-south-1", **given)

    def make_bucket(self, name: str = NAME) -> None:
        self.client().create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-south-1"})

    def objects(self, bucket: str = NAME) -> dict[str, bytes]:
        client = self.client()
        found = client.list_objects_v2(Bucket=bucket).get("Contents", [])
        return {one["Key"]: client.get_object(Bucket=bucket, Key=one["Key"])["Body"].read() for one in found}

    def guard(self, calls_without: int) -> None:
        """From the call after so many on, keys are asked for."""
        plain = {"Content-Type": "text/plain"}
        address = f"{self.address}/moto-api/reset-auth"
        asked = urllib.request.Request(address, data=str(calls_without).encode(), headers=plain, method="POST")
        urllib.request.urlopen(asked, timeout=10).close()


@contextmanager
def running() -> Iterator[Server]:
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    program = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    process = subprocess.Popen(program, env=kept, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, process)
        made = Server(f"http://127.0.0.1:{port}")
        made.make_bucket()
        yield made
    finally:
        process.kill()
        process.wait()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def _wait_for(port: int, process: Any) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("The server that speaks S3 did not start.")
