"""What an editor sends is cleaned, said in plain text, and forgotten when somebody changes the text alone."""

from __future__ import annotations

import time

import pytest

from fedele.ui.formatted.cleaning import TAGS, tidy
from fedele.ui.formatted.text import Formatted, for_editor, lifted, settled


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<div>Hello<br><br>World<br></div><div>Bye</div>", "Hello\n\nWorld\nBye"),
        ("<p>One</p><p>Two&nbsp;&lt;b&gt; &amp; <strong>three</strong></p>", "One\n\nTwo <b> & three"),
        ("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul><ol><li>x</li><li>y</li></ol>", "- a\n- b\n  - c\n1. x\n2. y"),
        ("<blockquote>said<br><br>so</blockquote><div>yes</div>", "> said\n>\n> so\nyes"),
        ('<a href="https://x.it/a">our <em>offer</em></a>, <a href="https://x.it">https://x.it</a>', "our offer <https://x.it/a>, https://x.it"),
        ('<a href="mailto:anna@x.it">anna@x.it</a> or <a href="mailto:anna@x.it">Anna</a>', "anna@x.it or Anna <anna@x.it>"),
        ("<pre>  a\n b</pre>", "a\n b"),
    ],
)  # fmt: skip
def test_it_is_said_in_plain_text(html: str, text: str) -> None:
    assert Formatted.of(html) == text


def test_what_word_and_excel_paste_is_reduced_to_what_we_know() -> None:
    word = (
        '<p class="MsoNormal" style="mso-margin:0"><b style="color:red"><span lang="IT">Gentile</span></b> cliente<o:p></o:p></p>'
        "<style>p{color:red}</style><script>alert(1)</script><!--[if gte mso 9]><xml>x</xml><![endif]-->"
        '<a href="javascript:alert(1)" onclick="x()">qui</a><img src="http://x.it/p.png" onerror="x()">'
    )
    assert tidy(word) == "<p><b>Gentile</b> cliente</p><a>qui</a>"
    assert TAGS.isdisjoint({"script", "style", "form", "iframe", "table"})


def test_only_pictures_that_are_kept_here_stay_and_are_named_in_the_plain_text() -> None:
    here = f"/pictures/{'a' * 32}/logo.png"
    for address in (
        "https://x.it/p.png",
        "//x.it/p.png",
        "data:image/png;base64,AA",
        "cid:x",
        f"{here}?x",
        f"https://x.it{here}",
    ):
        assert tidy(f'<div>a<img src="{address}" alt="x"></div>') == "<div>a</div>"
    figure = f'<figure class="attachment"><img src="{here}" width="600" height="9999" style="x" onerror="x()"><figcaption>logo 1 KB</figcaption></figure>'
    made = Formatted.of(f"<div>a{figure}</div>")
    assert (made, made.html) == ("a[logo.png]", f'<div>a<img src="{here}" width="600"></div>')
    assert made.shown == f'<div>a<img src="{here}" alt="logo.png" width="600"></div>'


def test_spaces_beside_formatted_words_may_break() -> None:
    assert tidy("<div>a&nbsp;<b>b</b>&nbsp;c &nbsp;d&nbsp;</div>") == "<div>a <b>b</b> c &nbsp;d&nbsp;</div>"


def test_lines_alone_are_no_formatting() -> None:
    plain, bold = Formatted.of("<div>One<br>two</div>"), Formatted.of("<div>One <strong>two</strong></div>")
    assert (plain, plain.html) == ("One\ntwo", "")
    assert (bold, bold.html) == ("One two", "<div>One <strong>two</strong></div>")


@pytest.mark.parametrize("text", ["", "Dear Elena,\n\nhere  it is: <b>1 & 2</b>\n  - one\n> two", "{first_name}"])
def test_plain_text_comes_back_from_an_editor_as_it_was(text: str) -> None:
    assert Formatted.of(str(lifted(text))) == text
    assert for_editor(text) == lifted(text)


def test_who_changes_the_text_alone_has_changed_the_whole() -> None:
    html = "<div>One <strong>two</strong></div>"
    assert (settled("One two", html), settled("One three", html)) == (html, "")
    assert Formatted("One three", html).html == ""


@pytest.mark.parametrize("tag", ["div", "blockquote", "ul><li", "a href='https://x.it'"])
def test_a_text_nested_without_end_takes_no_time(tag: str) -> None:
    began = time.perf_counter()
    text = Formatted.of(f"<{tag}>" * 40_000 + "x<br>y")
    assert (text.endswith("x y"), time.perf_counter() - began < 5) == (True, True)
