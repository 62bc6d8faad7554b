"""The page of the queue: who sees what, what two people decide at once, and the way back."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.people.duplicates.queue.deciding import Decided, tell_apart
from fedele.people.duplicates.queue.models import ArchiveSearch, Proposal, ProposalGroup, State
from fedele.people.duplicates.queue.proposing import Alike, propose
from fedele.people.duplicates.queue.reading import waiting
from fedele.people.leads.models import Lead
from fedele.tasks.models import Progress

HTMX = {"HX-Request": "true"}


def pair() -> Proposal:
    return Proposal.objects.get()


def test_it_shows_both_beside_each_other_with_the_reasons(as_: Any, twins: Any) -> None:
    html = as_("giulia").get("/duplicates/").content.decode()
    assert "Meccanica Bresciana S.r.l." in html and "Mecc. Bresciana srl" in html
    assert "same phone" in html and 'data-key="1"' in html and 'data-key="2"' in html
    assert f"/companies/merge/?ids={twins[0].pk}%2C{twins[1].pk}" in html


def test_two_people_decide_the_same_pair(as_: Any, twins: Any, cast: Any) -> None:
    luca, giulia = as_("luca"), as_("giulia")
    group, asked = ProposalGroup.objects.get().pk, {"pairs": str(pair().pk)}
    assert luca.post("/duplicates/apart/", {**asked, "group": group}, headers=HTMX).status_code == 200
    answer = giulia.post("/duplicates/apart/", {**asked, "group": group}, headers=HTMX)
    assert answer.status_code == 200
    assert "Luca" in answer["HX-Trigger"] and "not a duplicate" in answer["HX-Trigger"]
    assert (pair().state, pair().decided_by) == (State.APART, cast["luca"])
    with pytest.raises(Decided):
        tell_apart([pair().pk], cast["giulia"])


def test_one_merges_while_the_other_tells_apart(as_: Any, twins: Any, cast: Any) -> None:
    from fedele.records.merging.joining import merge

    asked = {"pairs": str(pair().pk), "group": ProposalGroup.objects.get().pk}
    merge(cast["luca"], twins[0], [twins[1]])
    answer = as_("giulia").post("/duplicates/apart/", asked, headers=HTMX)
    assert "merged" in answer["HX-Trigger"]
    assert (pair().state, pair().decided_by) == (State.MERGED, cast["luca"])


def test_a_decision_is_told_on_the_timeline_and_taken_back(as_: Any, twins: Any, cast: Any) -> None:
    giulia = as_("giulia")
    answer = giulia.post("/duplicates/apart/", {"pairs": str(pair().pk)})
    assert answer.status_code == 302
    for one in twins:
        assert "s not the same as" in giulia.get(f"/companies/{one.pk}/").content.decode()
    from fedele.journal.models import Batch

    batch = Batch.objects.get(kind="duplicates")
    assert as_("luca").post(f"/undo/batch/{batch.pk}/").status_code == 404
    assert giulia.post(f"/undo/batch/{batch.pk}/").status_code == 302
    assert pair().state == State.OPEN
    assert "Mecc. Bresciana srl" in giulia.get("/duplicates/").content.decode()
    assert giulia.post(f"/undo/batch/{batch.pk}/").status_code == 302
    assert pair().state == State.OPEN


# --- who sees what ----------------------------------------------------------------------------------------------------


def test_of_a_pair_with_a_hidden_record_nothing_is_told(as_: Any, made: Any, cast: Any) -> None:
    """Davide sells in the south: Giulia sees the contact, but not his lead."""
    contact = made(Contact(first_name="Ilaria", last_name="Conti", email="ilaria@conti.example"))
    made(Lead(first_name="Ilaria", last_name="Contti", email="ilaria@conti.example"), by=cast["davide"])
    assert pair().is_open
    giulia, dario = as_("giulia"), as_("dario")
    html = giulia.get("/duplicates/").content.decode()
    assert "Contti" not in html and "data-group" not in html and "No duplicates to decide" in html
    assert (waiting(cast["giulia"]), waiting(cast["dario"])) == (0, 1)
    assert "possible duplicate" not in giulia.get(f"/contacts/{contact.pk}/").content.decode()
    assert "1 possible duplicate" in dario.get(f"/contacts/{contact.pk}/").content.decode()
    assert "Contti" not in giulia.get(f"/duplicates/?about=contact:{contact.pk}").content.decode()
    refused = giulia.post("/duplicates/apart/", {"pairs": str(pair().pk)}, headers=HTMX)
    assert "Contti" not in refused.content.decode() + refused["HX-Trigger"]
    assert pair().is_open


def test_who_may_not_change_customers_has_no_queue(as_: Any, twins: Any) -> None:
    for who in ("marco", "eva"):
        assert as_(who).get("/duplicates/").status_code == 403
        assert as_(who).post("/duplicates/apart/", {"pairs": str(pair().pk)}).status_code == 403
    assert as_("giulia").post("/duplicates/search/").status_code == 403
    assert pair().is_open


def test_who_may_not_remove_both_is_offered_no_merge(as_: Any, made: Any, cast: Any) -> None:
    made(Company(name="Alfa S.r.l.", phone="+390303312450", email="info@alfa.example", city="Brescia"))
    made(Company(name="Alfa srl", phone="+390303312450", email="info@alfa.example", city="Brescia"), by=cast["davide"])
    assert "/companies/merge/" not in as_("giulia").get("/duplicates/").content.decode()
    assert "/companies/merge/" in as_("dario").get("/duplicates/").content.decode()


# --- many -------------------------------------------------------------------------------------------------------------


def test_pages_go_on_by_place_and_cost_the_same(as_: Any, made: Any) -> None:
    ids = [made(Company(name=f"Officina {n}")).pk for n in range(60)]
    couples = [Alike(("company", ids[n]), ("company", ids[n + 1]), 0.5 + n / 200, False) for n in range(0, 60, 2)]
    giulia = as_("giulia")

    def cost() -> int:
        giulia.get("/duplicates/")
        with CaptureQueriesContext(connection) as captured:
            assert giulia.get("/duplicates/").status_code == 200
        return len(captured)

    propose(couples[:3], "scan")
    few = cost()
    propose(couples[3:], "scan")
    assert cost() == few <= 14
    first = giulia.get("/duplicates/").content.decode()
    assert first.count("data-group=") == 20
    after = first.partition("/duplicates/?after=")[2].partition('"')[0]
    second = giulia.get(f"/duplicates/?after={after}", headers=HTMX).content.decode()
    assert second.count("data-group=") == 10
    shown = [part.partition('"')[0] for html in (first, second) for part in html.split('data-group="')[1:]]
    assert len(set(shown)) == 30


@pytest.mark.parametrize(
    "query",
    ["show=x", "after=9.x", "after=-1.2", "owner=x&about=nobody:1", "about=lead:99999999999999999999", "after=1"],
)
def test_addresses_that_make_no_sense_show_the_queue(query: str, as_: Any, twins: Any) -> None:
    assert as_("giulia").get(f"/duplicates/?{query}").status_code == 200


@pytest.mark.parametrize("pairs", ["", "x", "0", "99999999999999999999", "1,2,3,4", "-1"])
def test_pairs_that_are_not_there_are_refused_in_words(pairs: str, as_: Any, cast: Any) -> None:
    answer = as_("giulia").post("/duplicates/apart/", {"pairs": pairs}, headers=HTMX)
    assert answer.status_code == 200 and "meanwhile" in answer["HX-Trigger"]


def test_put_off_is_put_off_for_oneself(as_: Any, twins: Any, cast: Any) -> None:
    giulia, group = as_("giulia"), ProposalGroup.objects.get().pk
    answer = giulia.post("/duplicates/later/", {"group": group}, headers=HTMX)
    assert "data-group" not in answer.content.decode()
    assert "data-group" not in giulia.get("/duplicates/").content.decode()
    assert "data-group" in giulia.get("/duplicates/?later=1").content.decode()
    assert "data-group" in as_("luca").get("/duplicates/").content.decode()
    giulia.post(f"/duplicates/later/?back={group}")
    assert "data-group" in giulia.get("/duplicates/").content.decode()


def test_all_certain_ones_at_once_and_back_as_one(as_: Any, made: Any) -> None:
    names = ("Alfa", "Beta", "Gamma", "Delta")
    ones = [made(Company(name=name)) for name in names]
    propose([Alike(("company", ones[0].pk), ("company", ones[1].pk), 0.99, True)], "scan")
    propose([Alike(("company", ones[2].pk), ("company", ones[3].pk), 0.99, True)], "scan")
    groups = ",".join(str(one) for one in ProposalGroup.objects.values_list("pk", flat=True))
    sara = as_("sara")
    dialog = sara.get(f"/duplicates/merge/?groups={groups}", headers=HTMX).content.decode()
    assert dialog.count("2 → 1") == 2
    sara.post("/duplicates/merge/", {"groups": groups})
    assert Company.objects.filter(trashed_at=None).count() == 2
    from fedele.journal.models import Batch

    sara.post(f"/undo/batch/{Batch.objects.get(kind='duplicate_merges').pk}/")
    assert Company.objects.filter(trashed_at=None).count() == 4
    assert ProposalGroup.objects.count() == 2


def test_what_is_contradicted_is_not_merged_unseen(as_: Any, made: Any) -> None:
    one, two = made(Company(name="Alfa")), made(Company(name="Alfa"))
    reasons = [["same_name", "", "", ""], ["other_email", "", "", ""]]
    propose([Alike(("company", one.pk), ("company", two.pk), 0.99, True, reasons)], "scan")
    sara, groups = as_("sara"), ProposalGroup.objects.get().pk
    assert "/companies/merge/" in sara.get("/duplicates/").content.decode()
    assert "2 → 1" not in sara.get(f"/duplicates/merge/?groups={groups}", headers=HTMX).content.decode()
    sara.post("/duplicates/merge/", {"groups": groups})
    assert Company.objects.filter(trashed_at=None).count() == 2


def test_the_archive_is_searched_from_the_page(as_: Any, twins: Any) -> None:
    Proposal.objects.all().delete()
    answer = as_("sara").post("/duplicates/search/")
    progress = Progress.objects.get(kind="duplicates")
    assert (answer["Location"], progress.state) == (progress.get_absolute_url(), "done")
    assert (progress.done, progress.total, progress.counts["new"]) == (2, 2, 1)
    assert ArchiveSearch.objects.get().counts["new"] == 1
    assert "Last search" in as_("sara").get("/duplicates/").content.decode()


def test_a_killed_search_is_taken_up_again(cast: Any, made: Any, monkeypatch: Any) -> None:
    from fedele.people.duplicates.queue import searching

    for n in range(6):
        made(Company(name=f"Meccanica Bresciana {n}", phone=f"+39030331245{n}", city="Brescia"))
        made(Company(name=f"Mecc. Bresciana {n} srl", phone=f"+39030331245{n}", city="Brescia"))
    wanted = set(Proposal.objects.values_list("id_a", "id_b"))
    assert len(wanted) >= 6
    Proposal.objects.all().delete()
    monkeypatch.setattr("fedele.people.duplicates.scanning._CHUNK", 3)
    progress = Progress.start(cast["sara"], "Search", "duplicates", total=12)
    real, calls = searching.propose, []

    def dies(*given: Any) -> Any:
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(*given)

    monkeypatch.setattr(searching, "propose", dies)
    with pytest.raises(KeyboardInterrupt):
        searching.run.call(progress.pk)
    progress.refresh_from_db()
    assert 0 < progress.done < 12
    monkeypatch.setattr(searching, "propose", real)
    searching.run.call(progress.pk)
    progress.refresh_from_db()
    assert (progress.state, progress.done) == ("done", 12)
    assert set(Proposal.objects.values_list("id_a", "id_b")) == wanted


def test_who_looks_after_the_archive_is_told_in_the_morning(as_: Any, twins: Any, cast: Any) -> None:
    from fedele.notices.models import Notice
    from fedele.people.duplicates.queue.searching import nightly

    nightly.call()
    assert not Notice.objects.filter(kind="duplicates.found").exists()
    Proposal.objects.all().delete()
    nightly.call()
    told = Notice.objects.filter(kind="duplicates.found")
    assert {one.user.email.partition("@")[0] for one in told} == {"dario"}
    assert {(one.url, one.email, one.data["count"]) for one in told} == {("/duplicates/", "none", 1)}


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite lets one writer in at a time")
def test_eight_people_decide_at_once_and_one_is_first(twins: Any, cast: Any) -> None:
    import threading

    people = [cast[name] for name in ("giulia", "luca", "dario", "sara")] * 2
    outcomes: list[str] = []
    start, asked = threading.Barrier(8), pair().pk

    def decide(user: Any) -> None:
        start.wait(timeout=30)
        try:
            tell_apart([asked], user)
            outcomes.append("done")
        except Decided:
            outcomes.append("late")
        finally:
            connection.close()

    deciders = [threading.Thread(target=decide, args=(one,)) for one in people]
    for one in deciders:
        one.start()
    for one in deciders:
        one.join(timeout=60)
    assert sorted(outcomes) == ["done"] + ["late"] * 7
    assert (pair().state, ProposalGroup.objects.count()) == (State.APART, 0)
