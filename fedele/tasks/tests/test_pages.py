"""The page of a long job: whose it is, what it says, what its buttons do."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from fedele.access.models import Role, User
from fedele.tasks.models import Progress
from fedele.tasks.tests import jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def giulia(client: Client) -> User:
    user = User.objects.create_user("giulia@example.com", language="en")
    client.force_login(user)
    return user


def job_of(user: User, title: str = "Import of fairs.csv") -> Progress:
    progress = Progress.start(user, title, "import", total=8000)
    Progress.objects.filter(pk=progress.pk).update(
        state="running",
        done=2000,
        active=4,
        counts={"new": 1999, "problems": 1},
        job=jobs.note.module_path,
        args=["/dev/null"],
    )
    progress.refresh_from_db()
    return progress


def test_page_tells_real_counts_and_that_leaving_is_safe(client: Client, giulia: User) -> None:
    text = client.get(job_of(giulia).get_absolute_url()).content.decode()
    counts = ("2,000 of 8,000", "1,999", "With problems", "0:04", "500")
    for expected in (*counts, "less than a minute", "Leaving this page is safe"):
        assert expected in text
    assert "every 1s" in text


def test_part_of_the_page_stops_asking_when_the_job_is_over(client: Client, giulia: User) -> None:
    progress = job_of(giulia)
    now = reverse("tasks:now", args=[progress.pk])
    running = client.get(now, headers={"HX-Request": "true"}).content.decode()
    assert running.lstrip().startswith('<div class="stack" id="now" hx-get')
    Progress.objects.update(state="done", result_url="/imports/1/")
    answer = client.get(now, headers={"HX-Request": "true"})
    assert "every 1s" not in answer.content.decode()
    assert 'href="/imports/1/"' in answer.content.decode()
    assert json.loads(answer["HX-Trigger"])["toast"]["message"] == "Import of fairs.csv: Done"


def test_buttons_turn_the_state(client: Client, giulia: User) -> None:
    progress = job_of(giulia)

    def press(name: str, **data: str) -> str:
        client.post(reverse(f"tasks:{name}", args=[progress.pk]), data, headers={"HX-Request": "true"})
        progress.refresh_from_db()
        return progress.state

    assert press("pause") == "paused"
    assert press("pause") == "paused"
    assert press("resume") == "waiting"
    assert press("tell", on="1") == "waiting"
    assert progress.tell_me
    assert press("cancel") == "cancelled"
    assert press("resume") == "cancelled"


def test_jobs_of_others_do_not_exist_except_for_administrators(client: Client, giulia: User) -> None:
    luca = User.objects.create_user("luca@example.com")
    address = job_of(luca, "Secret import").get_absolute_url()
    assert client.get(address).status_code == 404
    assert client.post(f"{address}cancel/").status_code == 404
    assert "Secret import" not in client.get("/progress/?all=1").content.decode()
    giulia.roles.add(Role.objects.get(key="administrator"))
    assert client.get(address).status_code == 200
    assert "Secret import" not in client.get("/progress/").content.decode()
    assert "Secret import" in client.get("/progress/?all=1").content.decode()


def test_pill_asks_only_while_something_runs(client: Client, giulia: User) -> None:
    assert "hx-get" not in client.get(reverse("tasks:pill")).content.decode()
    job_of(giulia).forget()
    text = client.get(reverse("tasks:pill")).content.decode()
    assert "Import of fairs.csv" in text
    assert "every 3s" in text
