"""What a distant store of files answers when it does not answer, for code that knows disks and nothing of S3."""

from __future__ import annotations


class StoreError(OSError):
    """The store is not reached, or does not let us in. `code` is its own word for it."""

    def __init__(self, code: str, words: str = "") -> None:
        super().__init__(f"{code}: {words}" if words else code)
        self.code = code
