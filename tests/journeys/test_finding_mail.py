"""Mail found again in a real browser: from the palette, by typing in the list, by its filters, on a phone too."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from fedele.inbox.messages.models import Message
from fedele.people.contacts.models import Contact
from tests.browser.axe import violations
from tests.journeys.test_mail import come


def test_mail_is_found_by_what_it_says(
    come_in: Callable[..., Page], people: Any, live_server: Any, complaints: list[str]
) -> None:
    for name in ("Elena Rinaldi", "Giorgio Colombo"):
        first, last = name.split()
        Contact.objects.create(
            first_name=first, last_name=last, email=f"{first}@x.example".lower(), owner=people["giulia"]
        )
    come("Elena Rinaldi <elena@x.example>", "Manuale", "Ci serve il manuale della piegatrice.")
    come("Giorgio Colombo <giorgio@x.example>", "Consegna piegatrice", "Dodici settimane sono troppe.")
    page = come_in("giulia")
    page.goto(f"{live_server.url}/")
    page.keyboard.press("Control+k")
    page.keyboard.type("manuale piegatrici")
    expect(page.get_by_role("option", name="Ci serve il manuale della piegatrice.")).to_be_visible()
    page.keyboard.press("Enter")
    message = Message.objects.get(subject="Manuale")
    expect(page).to_have_url(re.compile(rf"/mail/{message.thread_id}/\?at={message.pk}#message-{message.pk}$"))
    expect(page.get_by_text("Ci serve il manuale della piegatrice.")).to_be_visible()

    page.goto(f"{live_server.url}/mail/?view=all")
    lines = page.locator("#mail-rows [data-notice]")
    page.keyboard.press("/")
    page.keyboard.type("piegatrice")
    expect(page).to_have_url(re.compile("q=piegatrice"))
    expect(lines).to_have_count(2)
    page.get_by_role("button", name="Filtro").click()
    # Looked at here: axe takes the bar at the foot of a phone for something above the sheet, which is in the top layer.
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_label("Da", exact=True).fill("rinaldi")
    page.get_by_role("button", name="Mostra").click()
    # What was typed before the filter was opened is kept.
    expect(page).to_have_url(re.compile("q=piegatrice.*sender=rinaldi"))
    expect(lines).to_have_count(1)
    assert violations(page) == []
    page.get_by_role("link", name="Rimuovi il filtro").click()
    expect(lines).to_have_count(2)
    assert complaints == []


def test_what_narrows_the_list_is_kept_as_a_view(
    come_in: Callable[..., Page], people: Any, live_server: Any, complaints: list[str]
) -> None:
    Contact.objects.create(first_name="Elena", last_name="Rinaldi", email="elena@x.example", owner=people["giulia"])
    come("Elena Rinaldi <elena@x.example>", "Manuale", "Ci serve il manuale della piegatrice.")
    page = come_in("giulia")
    page.goto(f"{live_server.url}/mail/?view=all")
    page.keyboard.press("/")
    page.keyboard.type("piegatrice")
    # Offered as soon as there is something to keep, without a new page.
    page.get_by_role("button", name="Salva come vista").click()
    page.get_by_label("Nome").fill("Piegatrici")
    page.locator("dialog select[name=scope]").select_option("team")
    page.get_by_role("button", name="Salva la vista").click()
    tab = page.get_by_role("navigation", name="Viste").get_by_role("link", name="Piegatrici")
    expect(tab).to_have_attribute("aria-current", "page")
    page.get_by_role("button", name="Questa vista").click()
    # Looked at here, as above.
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    # The last of many tabs with its number, and yet in sight, but for a fraction of a point.
    expect(tab).to_contain_text("1")
    expect(tab).to_be_in_viewport(ratio=0.99)
    page.get_by_role("button", name="Questa vista").click()
    expect(page.get_by_role("link", name="Rinomina o condividi")).to_be_visible()
    page.get_by_role("button", name="Elimina la vista").click()
    expect(tab).to_have_count(0)
    page.get_by_role("button", name="Annulla").click()
    expect(tab).to_have_attribute("aria-current", "page")
    expect(page.locator("#mail-rows [data-notice]")).to_have_count(1)
    assert violations(page) == []
    assert complaints == []
