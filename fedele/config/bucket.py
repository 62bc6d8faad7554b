"""Files in a bucket of S3, or of whatever speaks its language: FEDELE_STORAGE_URL. Needs the extra `fedele[s3]`.

What goes wrong there is an OSError, as on a disk, soon and not after minutes. A file is opened once it is here as a whole: nobody
is sent half of one.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

from fedele.base.stores import StoreError

log = logging.getLogger("fedele.files")
#: A copy larger than this lies on disk while it is read.
IN_MEMORY = 4 << 20
PATIENCE = Config(
    connect_timeout=5,
    read_timeout=20,
    retries={"mode": "standard", "total_max_attempts": 2},
    # Stores that are not Amazon's do not know its newer checksums.
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)


class Bucket(S3Storage):
    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_memory_size": IN_MEMORY, **options})
        self.client_config = self.client_config.merge(PATIENCE)

    def _open(self, name: str, mode: str = "rb") -> Any:
        with in_words():
            found = super()._open(name, mode)
            if "r" in mode:
                found.open()
            return found

    def _save(self, name: str, content: Any) -> str:
        with in_words():
            return super()._save(name, content)

    def exists(self, name: str) -> bool:
        with in_words():
            return super().exists(name)

    def delete(self, name: str) -> None:
        with in_words():
            super().delete(name)

    def listdir(self, name: str) -> Any:
        with in_words():
            return super().listdir(name)

    def size(self, name: str) -> int:
        with in_words():
            return super().size(name)

    def get_modified_time(self, name: str) -> Any:
        with in_words():
            return super().get_modified_time(name)


@contextmanager
def in_words() -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        raise _told(error) from error
    except Boto3Error as error:
        # An upload that failed: why is inside.
        inside = error.__context__
        raise _told(inside if isinstance(inside, ClientError) else error) from error
    except BotoCoreError as error:
        raise _told(error) from error


def _told(error: Exception) -> StoreError:
    """With the word of the server, or with the name of what stopped us on the way to it."""
    said = error.response.get("Error", {}) if isinstance(error, ClientError) else {}
    told = StoreError(str(said.get("Code", type(error).__name__)), str(said.get("Message", error)))
    log.error("The store of files: %s", told)
    return told
