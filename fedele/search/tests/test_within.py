import pytest
from django.contrib.auth.models import Group

from fedele.search import candidates, find, index, reading

WORDS = ("rossi", "Rossi", "ros", "srl rossi", "ossi", "rosii")


@pytest.fixture(params=[1000, 1], ids=["read outright", "from the index"])
def groups(request, monkeypatch, db):  # type: ignore[no-untyped-def]
    monkeypatch.setattr(reading, "READ", request.param)
    groups = [Group.objects.create(name=f"Rossi {'mine' if n % 5 == 0 else 'other'} {n:03}") for n in range(100)]
    index.put("group", [(group.pk, f"Rossi Srl {group.pk}", "") for group in groups])
    index.put("secret", [(1, "Rossi Srl", "")])
    return groups


@pytest.mark.parametrize("text", WORDS)
def test_a_restricted_user_still_gets_a_full_page(groups, text: str) -> None:  # type: ignore[no-untyped-def]
    mine = Group.objects.filter(name__contains="mine").order_by("name")
    hits = find(text, within={"group": mine}, limit=50)
    assert {hit.record_id for hit in hits} == {group.pk for group in groups[::5]}
    assert {hit.record_type for hit in hits} == {"group"}
    assert len(candidates(text, "group", within=mine)) == 20


def test_none_restricts_nothing_and_a_type_left_out_is_not_searched(groups) -> None:  # type: ignore[no-untyped-def]
    assert len(find("rossi", within={"group": None}, limit=200)) == 100
    assert [hit.record_type for hit in find("rossi", within={"secret": None})] == ["secret"]
    assert find("rossi", within={}) == []
    assert find("rossi", within={"group": Group.objects.none(), "secret": None}, record_types=["group"]) == []


def test_querysets_of_every_make(groups) -> None:  # type: ignore[no-untyped-def]
    two, one = Group.objects.filter(pk__in=[g.pk for g in groups[:2]]), Group.objects.filter(pk=groups[2].pk)
    made = [(two[:1], 1), (two.union(one), 3), (two | one, 3), (two.values("pk"), 2), (two.distinct(), 2)]
    for some, expected in made:
        assert len(find("rossi", within={"group": some})) == expected


def test_two_types_each_with_its_own(groups) -> None:  # type: ignore[no-untyped-def]
    index.put("other", [(group.pk, "Rossi", "") for group in groups])
    first, second = (Group.objects.filter(pk=group.pk) for group in groups[:2])
    hits = find("rossi", within={"group": first, "other": second})
    assert {(hit.record_type, hit.record_id) for hit in hits} == {("group", groups[0].pk), ("other", groups[1].pk)}


@pytest.mark.parametrize("text", WORDS)
def test_what_cannot_be_listed_is_asked_about_one_by_one(groups, text: str) -> None:  # type: ignore[no-untyped-def]
    mine = Group.objects.filter(name__contains="mine")
    assert set(candidates(text, "group", within=mine, newest=True)) == {group.pk for group in groups[::5]}
    assert candidates(text, "group", within=Group.objects.none(), newest=True) == []
