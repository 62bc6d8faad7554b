"""Serve the demo company «Officine Aurora» on this machine: makes its data once, then web and worker together."""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import sys
import time
from pathlib import Path

from fedele.commands import web
from fedele.commands.children import Children, Stopped
from fedele.commands.failing import Failed
from fedele.commands.ready import use_django
from fedele.commands.static_files import collect_if_changed

HELP = "serve the demo company on this machine"
CUSTOMERS, SEED = 300, 1
START_SECONDS = 60


def add_arguments(parser: argparse.ArgumentParser) -> None:
    web.add_address(parser)
    parser.add_argument("--fresh", action="store_true", help="forget what was changed and begin anew")
    parser.add_argument("--reload", action="store_true", help="restart when the code changes (for work on it)")


def run(options: argparse.Namespace) -> int:
    prepare_environment(options.host, options.port)
    web.require_free_port(options.host, options.port)
    from django.conf import settings

    if options.fresh or unfinished().exists():
        forget(settings.DATA_DIR, settings.DATABASES["default"])
    prepare()
    if not options.reload:
        collect_if_changed()
    try:
        with Children() as children:
            return supervise(children, options)
    except Stopped:
        print("Stopped. What you changed is kept; bin/demo goes on from there.")
        return 0


def prepare_environment(host: str, port: int) -> None:
    """The settings of a demo, before Django reads them; children inherit them."""
    data_dir = Path(os.environ.setdefault("FEDELE_DATA_DIR", "var"))
    data_dir.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("FEDELE_DEMO", "1")
    shown = "localhost" if host in ("127.0.0.1", "::1", "0.0.0.0", "::") else host  # noqa: S104
    os.environ.setdefault("FEDELE_SITE_URL", f"http://{shown}:{port}")
    if host not in ("127.0.0.1", "::1"):
        os.environ.setdefault("FEDELE_ALLOWED_HOSTS", "*")
    os.environ.setdefault("FEDELE_SECRET_KEY", own_key(data_dir / "secret-key"))


def own_key(path: Path) -> str:
    """A key of this demo's own: one that stood in the sources would open every demo there is."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()


def forget(data_dir: Path, database: dict[str, str]) -> None:
    for name in ("files", "mail", "static"):
        shutil.rmtree(data_dir / name, ignore_errors=True)
    if database["ENGINE"].endswith("sqlite3"):
        for suffix in ("", "-wal", "-shm"):
            Path(f"{database['NAME']}{suffix}").unlink(missing_ok=True)
        return
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")


def prepare() -> None:
    """The database of this version, with the demo company in it."""
    use_django()
    from django.db import connection

    from fedele.commands.migrate import migrate, pending

    connection.ensure_connection()
    if pending():
        say("Making the database …")
        migrate()
    from fedele.access.models import User

    if not User.objects.exists():
        fill()
    connection.close()


def fill() -> None:
    from fedele.demo import load

    say(f"Making the demo company, {CUSTOMERS} customers and three years of work …")
    unfinished().touch()
    load(customers=CUSTOMERS, seed=SEED)
    unfinished().unlink()


def unfinished() -> Path:
    """A mark that the demo company is being made; where it stayed, half a company is thrown away at the next start."""
    from django.conf import settings

    return Path(settings.DATA_DIR) / ".unfinished"


def supervise(children: Children, options: argparse.Namespace) -> int:
    environment = dict(os.environ)
    if options.reload:
        server = [sys.executable, "-m", "django", "runserver", f"{options.host}:{options.port}"]
    else:
        server = web.granian(options.host, options.port, workers=1, threads=4)
    children.start("web server", server, environment)
    children.start("worker", [sys.executable, "-m", "fedele", "worker"], environment)
    deadline = time.monotonic() + START_SECONDS
    while not web.answers(options.host, options.port):
        if (ended := children.ended()) or time.monotonic() > deadline:
            raise Failed(f"The {ended or 'web server'} did not start; what it said stands above.")
        time.sleep(0.1)
    welcome()
    ended = children.wait()
    raise Failed(f"The {ended} ended by itself; what it said stands above.")


def welcome() -> None:
    from django.conf import settings

    from fedele.demo.cast import CAST, PASSWORD

    say(f"\nFedele is at {settings.SITE_URL}  (Ctrl-C ends it)\n")
    for person in CAST:
        say(f"  {person.email:<32} {person.job}")
    say(f"\nThe password of each is: {PASSWORD}")


def say(words: str) -> None:
    print(words, flush=True)
