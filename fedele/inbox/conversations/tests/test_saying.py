"""What is written reaches whom it should, and nobody else; its author may put it better, or take it back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from fedele.base.verbs import Refused
from fedele.inbox.conversations.models import Part, Remark
from fedele.inbox.conversations.naming import Unfit
from fedele.inbox.conversations.reading import lines_of, mark, read_up, remarks_of, unread_count
from fedele.inbox.conversations.saying import change, say, take_away
from fedele.inbox.conversations.wording import marked_up
from fedele.journal.models import Entry
from fedele.knowledge.documents.tests.making import jpeg
from fedele.notices.following import followers_of, follows, unfollow
from fedele.notices.models import Notice
from fedele.people.contacts.models import Contact
from fedele.people.privacy.erasing import erase
from fedele.people.privacy.person import person_of
from fedele.records.page.timeline import timeline_of


def unread(*people: Any) -> list[int]:
    return [unread_count(one) for one in people]


def notices(user: Any) -> list[str]:
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("kind", flat=True))


def told(record: Any, user: Any) -> list[tuple[str, str]]:
    return [(one.sentence, one.text) for day in timeline_of(record, user).days for one in day.told]


def test_whose_customer_it_is_has_it_unread_and_who_wrote_follows(rinaldi: Any, cast: Any) -> None:
    say(rinaldi, cast.dario, "They ask for a discount")
    assert unread(cast.giulia, cast.dario, cast.luca) == [1, 0, 0]
    assert followers_of(rinaldi) == [cast.giulia, cast.dario]
    assert notices(cast.giulia) == ["conversation.message"]
    assert told(rinaldi, cast.giulia)[0] == ("Wrote to colleagues", "They ask for a discount")


def test_who_is_named_is_told_so_once(rinaldi: Any, cast: Any) -> None:
    message = say(rinaldi, cast.dario, "@Giulia Bassi, @luca: who goes there?")
    assert message.named == ["Giulia Bassi", "luca"]
    assert [notices(one) for one in (cast.giulia, cast.luca, cast.dario)] == [
        ["conversation.mentioned"],
        ["conversation.mentioned"],
        [],
    ]
    assert follows(rinaldi, cast.luca)
    assert list(Part.objects.filter(is_named=True).order_by("user__first_name").values_list("user__first_name")) == [
        ("Giulia",),
        ("Luca",),
    ]


def test_of_a_team_those_are_called_who_may_see_the_record(rinaldi: Any, cast: Any) -> None:
    cast.eva.team = cast.luca.team
    cast.eva.save()
    say(rinaldi, cast.dario, "@Vendite Nord: the fair is in May")
    called = set(Notice.objects.filter(kind="conversation.mentioned").values_list("user__first_name", flat=True))
    assert called == {"Giulia", "Luca", "Andrea", "Elisa", "Fabio"}


def test_who_may_not_see_the_record_cannot_be_named(rinaldi: Any, cast: Any) -> None:
    with pytest.raises(Unfit, match="Eva Neri may not see this record"):
        say(rinaldi, cast.dario, "Ask @Eva")
    assert (Remark.objects.count(), Notice.objects.count(), Part.objects.count()) == (0, 0, 0)


def test_a_first_name_two_people_have_is_asked_about(rinaldi: Any, cast: Any) -> None:
    cast.andrea.first_name = "Luca"
    cast.andrea.save()
    with pytest.raises(Unfit, match="There is more than one luca"):
        say(rinaldi, cast.dario, "Ask @luca")
    assert say(rinaldi, cast.dario, "Ask @Luca Moretti").named == ["Luca Moretti"]


@pytest.mark.parametrize("text", ["write to info@luca.example", "@nobody here", "@ luca", "@Lucania is a region"])
def test_what_is_no_name_is_text(rinaldi: Any, cast: Any, text: str) -> None:
    assert say(rinaldi, cast.dario, text).named == []


@pytest.mark.parametrize("text", ["", "  \n ", "\x00", "x" * 5001])
def test_nothing_and_too_much_are_refused(rinaldi: Any, cast: Any, text: str) -> None:
    with pytest.raises(Unfit):
        say(rinaldi, cast.dario, text)
    assert Entry.objects.filter(kind="company.said").count() == 0


def test_who_stopped_following_hears_again_only_when_named(rinaldi: Any, cast: Any) -> None:
    unfollow(rinaldi, cast.giulia)
    say(rinaldi, cast.dario, "one")
    assert unread(cast.giulia) == [0]
    say(rinaldi, cast.dario, "@giulia two")
    assert unread(cast.giulia) == [1]
    assert not follows(rinaldi, cast.giulia)


def test_reading_takes_the_notices_along(rinaldi: Any, cast: Any) -> None:
    first, last = say(rinaldi, cast.dario, "one"), say(rinaldi, cast.dario, "two")
    read_up(rinaldi, cast.giulia, first.pk)
    assert unread(cast.giulia) == [1]
    read_up(rinaldi, cast.giulia, last.pk)
    assert unread(cast.giulia) == [0]
    assert Notice.objects.filter(user=cast.giulia, read_at=None).count() == 0
    mark(rinaldi, cast.giulia, unread=True)
    assert unread(cast.giulia) == [1]


def test_a_message_is_put_better_everywhere(rinaldi: Any, cast: Any) -> None:
    message = say(rinaldi, cast.dario, "Tehy ask")
    change(message, cast.dario, "They ask, @luca", rinaldi)
    assert told(rinaldi, cast.giulia)[0] == ("Wrote to colleagues", "They ask, @luca")
    assert [one.data["text"] for one in Notice.objects.order_by("pk")] == ["They ask, @luca", "They ask, @luca"]
    assert (notices(cast.luca), unread(cast.luca)) == (["conversation.mentioned"], [1])


def test_after_a_quarter_of_an_hour_it_stays_as_it_is(rinaldi: Any, cast: Any) -> None:
    message = say(rinaldi, cast.dario, "one")
    message.at = timezone.now() - dt.timedelta(minutes=16)
    with pytest.raises(Refused):
        change(message, cast.dario, "two", rinaldi)
    with pytest.raises(Refused):
        change(say(rinaldi, cast.dario, "three"), cast.giulia, "four", rinaldi)


def test_taken_away_it_leaves_its_place_and_no_words(rinaldi: Any, cast: Any) -> None:
    message = say(rinaldi, cast.dario, "the secret word")
    take_away(message, cast.dario)
    entry = Entry.objects.get(kind="company.said")
    assert entry.data == {"message": message.pk, "to": [], "removed": True}
    assert told(rinaldi, cast.giulia)[0] == ("Wrote to colleagues", "")
    assert Notice.objects.count() == 0
    assert [one.html for one in remarks_of(rinaldi, cast.giulia)] == [""]
    with pytest.raises(Refused):
        take_away(say(rinaldi, cast.dario, "mine"), cast.giulia)


def test_the_list_has_unread_ones_on_top_and_nothing_one_may_not_see(rinaldi: Any, cast: Any) -> None:
    other = type(rinaldi).objects.create(name="Carpenteria Valtrompia", owner=cast.giulia)
    for record in (rinaldi, other):
        say(record, cast.luca, f"about {record}")
    read_up(other, cast.giulia, Remark.objects.latest("pk").pk)
    assert [line.title for line in lines_of(cast.giulia)[0]] == ["Officine Rinaldi", "Carpenteria Valtrompia"]
    assert [line.title for line in lines_of(cast.giulia, "unread")[0]] == ["Officine Rinaldi"]
    assert [line.title for line in lines_of(cast.giulia, text="valtro")[0]] == ["Carpenteria Valtrompia"]
    cast.giulia.roles.clear()
    giulia = type(cast.giulia).objects.get(pk=cast.giulia.pk)
    assert (lines_of(giulia)[0], unread_count(giulia)) == ([], 0)


def test_what_is_written_is_shown_as_text_with_links(cast: Any) -> None:
    html = marked_up("<b>@Luca</b> see https://x.example/a?b=1&c=<i>. ok", ["Luca"])
    assert html == (
        '&lt;b&gt;<span class="named">@Luca</span>&lt;/b&gt; see <a class="link" href="https://x.example/a?b=1&amp;c="'
        ' target="_blank" rel="noopener noreferrer nofollow">https://x.example/a?b=1&amp;c=</a>&lt;i&gt;. ok'
    )


@pytest.mark.parametrize("text", ["javascript:alert(1)", "data:text/html,x", "https://", "//x.example"])
def test_no_other_address_becomes_a_link(text: str) -> None:
    assert marked_up(text, []) == text


@pytest.mark.parametrize("count", [1, 8])
def test_writing_costs_the_same_however_many_follow(
    rinaldi: Any, cast: Any, django_assert_max_num_queries: Any, count: int
) -> None:
    for one in (cast.dario, cast.luca, cast.sara, cast.anna, cast.chiara, cast.roberto, cast.andrea, cast.elisa)[
        :count
    ]:
        say(rinaldi, one, "I am here")
    # Each notice asks whether its reader may see the record: that is the one thing paid per person.
    with django_assert_max_num_queries(45 + 8 * count):
        say(rinaldi, cast.giulia, "Hello all")


def test_with_a_person_goes_what_was_written_on_their_record(rinaldi: Any, cast: Any) -> None:
    elena = Contact.objects.create(first_name="Elena", last_name="Zambelloni", company=rinaldi, owner=cast.giulia)
    said, about = say(elena, cast.luca, "is at home after five"), say(rinaldi, cast.luca, "Elena Zambelloni agrees")
    erase(person_of("contact", elena.pk, cast.sara), cast.sara)
    texts = dict(Remark.objects.values_list("pk", "text"))
    assert (texts[said.pk], "Zambelloni" in texts[about.pk]) == ("", False)


def test_a_photo_for_colleagues_is_kept_without_its_place(rinaldi: Any, cast: Any) -> None:
    sent = SimpleUploadedFile("press.jpg", jpeg(place=True))
    (kept,) = say(rinaldi, cast.giulia, "Look at this", files=[sent]).files.all()
    with Image.open(kept.file.file) as image:
        assert (dict(image.getexif().get_ifd(0x8825)), image.getexif()[0x010F]) == ({}, "Camera")
