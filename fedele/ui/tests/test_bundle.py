"""The one stylesheet and the one script."""

import gzip
import os
import re
from pathlib import Path

from django.contrib.staticfiles import finders

from fedele.ui.bundle import BundleFinder, script, sources_of, stylesheet


def test_each_file_of_an_element_has_a_scope_of_its_own(tmp_path):
    core, elements = tmp_path / "core", tmp_path / "elements"
    core.mkdir()
    elements.mkdir()
    (core / "page.js").write_text("/* what\n   it is */\nexport const one = 1;\n")
    (elements / "a.js").write_text('import { one } from "../core/page.js";\n\n// why\nconst mine = "https://x";\n')
    assert script([core / "page.js", elements / "a.js"]) == 'const one = 1;\n{const mine = "https://x";\n}'


def test_the_stylesheet_keeps_its_meaning(tmp_path):
    file = tmp_path / "a.css"
    file.write_text(
        "/* why */\n.a > .b :hover { color: red; margin: calc(1px + 2px); }\n@media (max-width: 3rem) { a { b: c } }\n"
    )
    assert stylesheet([file]) == ".a>.b :hover{color:red;margin:calc(1px + 2px)}@media (max-width:3rem){a{b:c}}"


def test_found_collected_and_made_anew_when_a_source_is_newer(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    finder = BundleFinder()
    assert {name for name, _storage in finder.list(None)} == {"dist/fedele.css", "dist/fedele.js"}
    made = finder.made("dist/fedele.css")
    made.write_text("old")
    os.utime(made, (0, 0))
    assert finder.made("dist/fedele.css").read_text() != "old"
    assert finder.find("dist/other.css") == []


def test_no_element_is_longer_than_a_screen_or_two_and_none_writes_markup_into_handlers():
    for file in sources_of("dist/fedele.js")[1:]:
        text = file.read_text("utf-8")
        assert text.count("\n") <= 120, file.name
        assert not re.search(r"\beval\(|new Function|\.on(click|change|input) =", text), file.name


def test_what_every_first_visit_loads_stays_small():
    for name, most in (("dist/fedele.css", 24_000), ("dist/fedele.js", 44_000)):
        assert len(gzip.compress(Path(finders.find(name)).read_bytes(), 9)) <= most
