"""Addresses are broken between their parts."""

from __future__ import annotations

import pytest

from fedele.ui.breaking import breakable, broken, longest_part


@pytest.mark.parametrize(
    ("address", "broken"),
    [
        ("anna.rossi@officine.example", "anna.|rossi@|officine.|example"),
        ("a.b@x.it", "a.b@x.it"),
        ("rossi-meccanica.it/chi_siamo", "rossi-|meccanica.|it/|chi_|siamo"),
        ("<b>@rossi.it", "&lt;b&gt;@rossi.|it"),
        ("", ""),
    ],
)
def test_an_address_is_broken_after_its_signs_and_no_letter_stands_alone(address: str, broken: str) -> None:
    assert breakable(address) == broken.replace("|", "<wbr>")


def test_the_longest_part_is_counted_as_it_is_read() -> None:
    html = f'<a href="mailto:x">{breakable("info@officinemeccaniche.example")}</a> or so'
    assert longest_part(html) == len("officinemeccaniche.")
    assert longest_part("") == 0


def test_of_a_sentence_only_what_is_long_is_broken() -> None:
    said = "Anna <b> · 030 728.66.51 · anna.rossi@officinemeccaniche.example"
    assert (
        broken(said).replace("<wbr>", "|")
        == "Anna &lt;b&gt; · 030 728.66.51 · anna.|rossi@|officinemeccaniche.|example"
    )
