"""Who hears of a record: whose it is, who asked to, and never who may not see it."""

from __future__ import annotations

from typing import Any

import pytest

from fedele.access.models import User
from fedele.notices.following import follow, followers_of, follows, unfollow
from fedele.records.registry import registry


def company(owner: User | None) -> Any:
    return registry.by_key("company").model.objects.create(name="Officine Rinaldi", owner=owner)


def test_whose_it_is_follows_by_themselves(giulia: User, luca: User) -> None:
    record = company(giulia)
    assert followers_of(record) == [giulia]
    assert (follows(record, giulia), follows(record, luca)) == (True, False)


def test_anybody_may_follow_and_stop(giulia: User, luca: User) -> None:
    record = company(giulia)
    follow(record, luca)
    unfollow(record, giulia)
    assert followers_of(record) == [luca]
    assert (follows(record, giulia), follows(record, luca)) == (False, True)


def test_who_stopped_is_not_drawn_in_again_by_what_happens(giulia: User, luca: User) -> None:
    record = company(giulia)
    unfollow(record, luca)
    follow(record, luca, by_itself=True)
    assert followers_of(record) == [giulia]
    follow(record, luca)
    assert followers_of(record) == [giulia, luca]


def test_who_may_not_see_it_or_has_left_is_not_among_them(giulia: User, luca: User, eva: User) -> None:
    record = company(giulia)
    for one in (eva, luca):
        follow(record, one)
    User.objects.filter(pk=luca.pk).update(is_active=False)
    assert followers_of(record) == [giulia]


def test_of_what_lies_in_the_trash_nobody_hears(giulia: User) -> None:
    record = company(giulia)
    record.trash()
    assert followers_of(record) == []


@pytest.mark.parametrize("count", [1, 6])
def test_the_cost_does_not_grow_with_them(giulia: User, django_assert_num_queries: Any, count: int) -> None:
    record = company(giulia)
    for number in range(count):
        one = User.objects.create_user(f"sells{number}@example.com", first_name=f"S{number}")
        one.roles.set(giulia.roles.all())
        follow(record, one)
    with django_assert_num_queries(3):
        assert len(followers_of(record)) == count + 1
