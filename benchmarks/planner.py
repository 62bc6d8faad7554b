"""The calendar with a million activities in the base: one's week, the team's week and month, what stands beside a form."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.test import Client

from benchmarks import today
from benchmarks.pages import timed

#: Of whom, and what.
ADDRESSES = {
    "giulia": ("/calendar/", "/calendar/events/?view=week", "/calendar/load/"),
    "luca": (
        "/calendar/?view=people&people=team",
        "/calendar/events/?view=week&people=team",
        "/calendar/?view=month&people=team",
        "/calendar/distribute/?pile=team",
    ),
}


def measure() -> dict[str, str]:
    from fedele.calendar.feeds.models import Feed
    from fedele.calendar.models import Activity

    if Activity.objects.count() < today.ACTIVITIES:
        today.fill()
    figures = {}
    for who, addresses in ADDRESSES.items():
        user = get_user_model().objects.get(email__startswith=f"{who}@")
        client = Client(headers={"host": "localhost"})
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        for address in addresses:
            figures[f"{address}, {who}"] = timed(lambda client=client, address=address: client.get(address), 20)
    secret = Feed.make(user, with_names=True)[1]
    figures["calendar address"] = timed(
        lambda: Client(headers={"host": "localhost"}).get(f"/calendar/feed/{secret}.ics"), 10
    )
    return figures
