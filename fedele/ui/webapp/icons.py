"""The mark as an icon in any size: drawn here, so that no picture lies in the repository."""

from __future__ import annotations

import functools
import io

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from PIL import Image, ImageDraw

SHAPES = ("mark", "mask", "badge")
SIZES = (96, 180, 192, 512)
GREEN, WHITE = "#0d5c4c", "#ffffff"
#: The mark on a field of 32: a rounded square and the letter, as in the page's head.
RADIUS, LETTER = (
    9,
    [(11, 24), (11, 8), (22, 8), (22, 11.4), (15, 11.4), (15, 14.6), (21, 14.6), (21, 18), (15, 18), (15, 24)],
)
#: Drawn so much larger and made smaller again: edges come out smooth.
FINE = 4


@login_not_required
@cache_control(public=True, max_age=7 * 24 * 3600)
def icon(request: HttpRequest, shape: str, size: int) -> HttpResponse:
    if size not in SIZES or shape not in SHAPES:
        raise Http404
    return HttpResponse(drawn(shape, size), content_type="image/png")


@functools.cache
def drawn(shape: str, size: int) -> bytes:
    """PNG. "mask": filled to the edge, the letter small enough to survive any cut; "badge": the letter alone, white."""
    picture = Image.new("RGBA", (size * FINE, size * FINE), GREEN if shape == "mask" else (0, 0, 0, 0))
    pen, unit = ImageDraw.Draw(picture), size * FINE / 32
    if shape == "mark":
        pen.rounded_rectangle((0, 0, size * FINE - 1, size * FINE - 1), RADIUS * unit, fill=GREEN)
    scale = 0.8 if shape == "mask" else 1
    pen.polygon(
        [((x - 16) * scale * unit + 16 * unit, (y - 16) * scale * unit + 16 * unit) for x, y in LETTER], fill=WHITE
    )
    stream = io.BytesIO()
    picture.resize((size, size), Image.Resampling.LANCZOS).save(stream, "PNG", optimize=True)
    return stream.getvalue()
