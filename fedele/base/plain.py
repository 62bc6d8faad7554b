"""Values as the journal keeps them: JSON in, and the same Python value back."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import models


def plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    return value


def revive(field: models.Field, value: Any) -> Any:
    """The Python value of `field` that `plain` wrote as `value`."""
    if value is None or isinstance(field, models.ForeignKey):
        return value
    return field.to_python(value)
