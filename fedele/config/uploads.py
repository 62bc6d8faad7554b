"""What is too big for anything here is refused by the size its sender declares, before a byte of it is read."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

from fedele.base.arriving import MARGIN

#: Files of one form sent without JavaScript.
AT_ONCE = 20


class Ceiling(FileUploadHandler):
    """Stands before the handlers that keep what comes. A body without a declared size is an empty one to us."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803 (Django's own name)
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        most = max(settings.IMPORT_MAX_BYTES, AT_ONCE * settings.UPLOAD_MAX_BYTES) + MARGIN
        if content_length > most:
            raise RequestDataTooBig(f"A form of {content_length} bytes; the largest is {most}.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
