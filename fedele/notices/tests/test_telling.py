"""Who is told, who is not, and what an old notice still shows."""

from __future__ import annotations

from typing import Any

import pytest

from fedele.access.models import Role, User
from fedele.journal.acting import act_as
from fedele.notices import unread_count
from fedele.notices.kinds import kinds, notice
from fedele.notices.models import Notice, Preference
from fedele.notices.preferences import choices_of
from fedele.notices.reading import by_day, read
from fedele.notices.telling import tell
from fedele.records.registry import registry
from fedele.tasks.models import Progress


def company(owner: User | None, name: str = "Officine Rinaldi") -> Any:
    return registry.by_key("company").model.objects.create(name=name, owner=owner)


def give(record: Any, to: User, by: User) -> None:
    record = type(record).objects.get(pk=record.pk)
    with act_as(by):
        record.owner = to
        record.save()


def texts(user: User) -> list[str]:
    return [told.text for told in read(Notice.objects.filter(user=user).select_related("actor"), user)]


def test_new_owner_is_told_once_in_own_language(giulia: User, luca: User) -> None:
    give(company(luca), to=giulia, by=luca)
    assert texts(giulia) == ["Luca Gatti assigned Officine Rinaldi to you"]
    assert (unread_count(giulia), unread_count(luca)) == (1, 0)
    told = Notice.objects.get()
    assert (told.record_type, told.url.startswith("/"), told.actor) == ("company", True, luca)


def test_own_acts_are_not_told(giulia: User, luca: User) -> None:
    give(company(luca), to=giulia, by=giulia)
    assert not Notice.objects.exists()


def test_who_may_not_see_the_record_is_not_told(luca: User, eva: User) -> None:
    give(company(luca), to=eva, by=luca)
    assert not Notice.objects.exists()


def test_who_has_left_is_not_told(giulia: User, luca: User) -> None:
    User.objects.filter(pk=giulia.pk).update(is_active=False)
    give(company(luca), to=giulia, by=luca)
    assert not Notice.objects.exists()


def test_old_notice_shows_nothing_of_what_is_out_of_sight(giulia: User, luca: User) -> None:
    give(company(luca, "Secret Ltd"), to=giulia, by=luca)
    give(company(luca, "Open Ltd"), to=giulia, by=luca)
    hidden, shown = Notice.objects.order_by("id")
    registry.by_key("company").model.objects.get(pk=hidden.record_id).trash()
    told = read(Notice.objects.order_by("id").select_related("actor"), giulia)
    assert [one.is_hidden for one in told] == [True, False]
    assert "Secret" not in f"{told[0].text}{told[0].title}"
    giulia.roles.set(Role.objects.none())
    giulia = User.objects.get(pk=giulia.pk)
    assert [one.is_hidden for one in read([shown], giulia)] == [True]


def test_two_declarations_of_one_entry_tell_a_person_once(giulia: User, luca: User) -> None:
    declared = {"label": "Changed", "why": "Because.", "text": "{title} changed"}

    @notice("company.changed", **declared)
    def watchers(entry: Any) -> Any:
        return [(giulia, {}), (luca, {})]

    try:
        give(company(luca), to=giulia, by=luca)
    finally:
        kinds.pop("company.changed")
        from fedele.journal.writing import _reactions

        _reactions["company.changed"].pop()
    assert Notice.objects.filter(user=giulia).count() == 1


def test_preference_decides_where(giulia: User, luca: User) -> None:
    Preference.objects.create(user=giulia, kind="record.assigned", in_app=False, email="none")
    give(company(luca), to=giulia, by=luca)
    assert not Notice.objects.exists()
    Preference.objects.update(email="daily")
    give(company(luca, "Another"), to=giulia, by=luca)
    told = Notice.objects.get()
    assert (told.in_app, told.email, told.mail, unread_count(giulia)) == (False, "daily", None, 0)


def test_kinds_of_types_one_never_sees_are_not_offered(giulia: User, eva: User) -> None:
    kinds["company.tested"] = kinds["record.assigned"].__class__("company.tested", "Tested", "Because.")
    try:
        offered = [{choice.kind.key for choice in choices_of(user)} for user in (giulia, eva)]
    finally:
        kinds.pop("company.tested")
    assert ["company.tested" in keys for keys in offered] == [True, False]


def test_end_of_a_long_job_is_told_to_who_asked(giulia: User) -> None:
    for ask in (False, True):
        progress = Progress.start(giulia, f"Import {ask}", "import")
        Progress.objects.filter(pk=progress.pk).update(tell_me=ask)
        with Progress.working(progress.pk) as working:
            working.finish()
    assert texts(giulia) == ["Done: Import True"]
    assert Notice.objects.get().url == progress.get_absolute_url()


def test_days_and_records_stand_together(giulia: User, luca: User) -> None:
    first, second = company(luca, "First"), company(luca, "Second")
    for record in (first, second, first):
        give(record, to=luca, by=giulia)
        give(record, to=giulia, by=luca)
    days = by_day(read(Notice.objects.filter(user=giulia).order_by("-id").select_related("actor"), giulia))
    assert [[(group.title, len(group.told)) for group in day.groups] for day in days] == [[("First", 2), ("Second", 1)]]


def test_unread_count_is_one_statement(giulia: User, django_assert_num_queries: Any) -> None:
    for number in range(3):
        tell(giulia, "job.done", title=f"Job {number}")
    with django_assert_num_queries(1):
        assert unread_count(giulia) == 3


@pytest.mark.parametrize("hostile", ["{actor.__class__}", "<script>alert(1)</script>", "{0}", "%s"])
def test_hostile_names_stay_text(giulia: User, luca: User, hostile: str) -> None:
    give(company(luca, hostile), to=giulia, by=luca)
    assert texts(giulia) == [f"Luca Gatti assigned {hostile} to you"]
