"""What a mail says: bytes go in, one answer comes out – whose it is, what kind of thing, what is new in its text.

Pure Python, without database and without Django. Mail is written by anybody and by broken programs, so nothing here may raise,
take long, or believe a word without a reason: `read` gives an answer for any bytes whatever.
"""

from fedele.inbox.reading.reading import read

__all__ = ["read"]
