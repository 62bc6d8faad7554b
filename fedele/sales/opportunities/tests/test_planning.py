"""From an opportunity into the calendar: an hour is chosen for it, and one is back on its page."""

from __future__ import annotations

import re
from typing import Any

import pytest

from fedele.access.models import Role
from fedele.calendar.models import Activity

HTMX = {"HX-Request": "true"}


def dialog_of(client: Any, opportunity: Any) -> tuple[str, str]:
    """(the dialog, where its form is sent) of a free hour pressed on the calendar for it."""
    page = client.get(f"/calendar/?with=opportunity:{opportunity.pk}").content.decode()
    (asked,) = re.findall(r'data-new="([^"]+)"', page)
    dialog = client.get(f"{asked}due_on=2026-11-23&due_at=15:00".replace("&amp;", "&"), headers=HTMX).content.decode()
    (action,) = re.findall(r'<form method="post" action="([^"]+)"', dialog)
    return dialog, action.replace("&amp;", "&")


def test_an_hour_is_chosen_for_an_opportunity(opportunity: Any, giulia: Any, client: Any) -> None:
    client.force_login(giulia)
    form = client.get(f"/activities/plan/opportunity/{opportunity.pk}/", headers=HTMX).content.decode()
    assert f'href="/calendar/?day=tomorrow&amp;with=opportunity:{opportunity.pk}"' in form
    dialog, action = dialog_of(client, opportunity)
    assert (f'value="{opportunity.company}"' in dialog, 'name="more"' in dialog) == (True, False)
    typed = {
        "kind": "meeting",
        "subject": "Visita",
        "company": opportunity.company_id,
        "due_on": "2026-11-23",
        "owner": giulia.pk,
    }
    wrong = client.post(action, {**typed, "due_on": "boh"}, headers=HTMX)
    assert (wrong.status_code, f'action="{action}"' in wrong.content.decode()) == (422, True)
    answer = client.post(action, typed, headers=HTMX)
    assert answer.headers["HX-Redirect"] == f"/opportunities/{opportunity.pk}/"
    made = Activity.objects.get()
    assert (made.about_type, made.about_id, made.company) == ("opportunity", opportunity.pk, opportunity.company)
    assert "Visita" in client.get(f"/opportunities/{opportunity.pk}/?panels=1").content.decode()


@pytest.mark.parametrize("emptied", [True, False])
def test_somebody_else_may_be_chosen_for_it(emptied: bool, opportunity: Any, giulia: Any, client: Any) -> None:
    client.force_login(giulia)
    typed = {
        "kind": "meeting",
        "subject": "Visita",
        "company": "" if emptied else "new:Studio Berti",
        "due_on": "2026-11-23",
    }
    client.post(f"/calendar/new/?with=opportunity:{opportunity.pk}", {**typed, "owner": giulia.pk}, headers=HTMX)
    made = Activity.objects.get()
    wanted = str(opportunity.company) if emptied else "Studio Berti"
    assert (made.about_id, str(made.company)) == (opportunity.pk, wanted)


def test_who_may_not_see_its_company_plans_for_it_all_the_same(opportunity: Any, giulia: Any, client: Any) -> None:
    rights = {"activity": {"view": "own", "create": "all"}, "opportunity": {"view": "all"}}
    Role.objects.filter(key="sales_rep").update(rights=rights)
    client.force_login(giulia)
    dialog, action = dialog_of(client, opportunity)
    assert str(opportunity.company) not in dialog
    typed = {"kind": "meeting", "subject": "Visita", "due_on": "2026-11-23", "owner": giulia.pk}
    assert client.post(action, typed, headers=HTMX).headers["HX-Redirect"] == f"/opportunities/{opportunity.pk}/"
    assert Activity.objects.get().company_id == opportunity.company_id


def test_without_the_dialog_it_is_planned_on_a_page(opportunity: Any, giulia: Any, client: Any) -> None:
    client.force_login(giulia)
    page = client.get(f"/opportunities/{opportunity.pk}/?panels=1").content.decode()
    assert f'href="/activities/plan/opportunity/{opportunity.pk}/"' in page
    shown = client.get(f"/calendar/new/?with=opportunity:{opportunity.pk}&due_on=2026-11-23")
    assert (shown.status_code, 'name="subject"' in shown.content.decode()) == (200, True)
