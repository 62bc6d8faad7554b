"""The field for formatted text, once its editor lies over the plain one it stands for until then."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


def editor_of(page: Page, name: str) -> Locator:
    """Who clicks before would wait for a field that is just being hidden."""
    editor = page.get_by_role("textbox", name=name)
    expect(editor).to_have_js_property("localName", "trix-editor")
    return editor
