"""A field a role does not see is at no door: not as a value, not as a filter or a sort that would give it away (A-23)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fedele.access.models import Role, Team, User
from fedele.access.reach import RIGHTS
from fedele.journal.acting import act_as
from fedele.records.declare import RecordType
from fedele.records.fields import fields_of
from fedele.records.filtering import Condition, operators_of
from fedele.records.registry import registry
from tests.contract.making import asked, typed, value_of
from tests.contract.reading import all_ids, months_of, row_ids, text_of
from tests.contract.test_api import send
from tests.contract.test_exchange import exported
from tests.contract.test_list import values_for
from tests.contract.verbs import do

HTMX = {"HX-Request": "true"}
#: What the hidden texts hold: nowhere else.
SECRET = "Zzsecretzz"
#: The hidden amounts are this and 1 or 2 more: too many digits for an id, a moment or a file's fingerprint to have them by chance.
AMOUNT = 98_765_430


def hidden_fields(record_type: RecordType) -> list[str]:
    """Everything but what names a record and what one needs to make one."""
    names = {
        *record_type.listing.title,
        *record_type.listing.columns[:1],
        *(record_type.search.title if record_type.search else ()),
    }
    return [name for name, one in asked(record_type).items() if name not in names and not one.required]


@pytest.fixture
def olga(house: Any) -> User:
    """Sees every record, and of none of them more than its name."""
    everything = dict.fromkeys(RIGHTS, "all")
    role = Role.objects.create(
        name="Half blind",
        rights={one.key: everything for one in registry},
        hidden={one.key: hidden_fields(one) for one in registry},
    )
    user = User.objects.create_user(
        "olga@officineaurora.example", first_name="Olga", language="en", team=Team.objects.get(name="Vendite")
    )
    user.roles.add(role)
    return user


@pytest.fixture
def secretive(record_type: RecordType, house: Any, olga: User, person: Any) -> Any:
    """A record whose hidden texts and amounts could be recognised anywhere; written twice, so that there is a history."""
    record = house.of(record_type)
    fields = asked(record_type)
    texts = [name for name in hidden_fields(record_type) if fields[name].kind in ("text", "long")]
    amounts = [
        name
        for name in hidden_fields(record_type)
        if fields[name].kind in ("money", "number") and not name.startswith("custom")
    ]
    with act_as(person("sara"), door="screen"):
        for n in (1, 2):
            record.put(
                {
                    **dict.fromkeys(texts, f"{SECRET}{n}"),
                    **{name: AMOUNT + n if fields[name].kind == "money" else 30 + n for name in amounts},
                }
            )
            record.save()
        for verb in record_type.verbs:
            if not record_type.verb_url(record, verb):
                do(record_type, record, verb)
    return record_type.model.objects.get(pk=record.pk)


def told(html: str) -> bool:
    return any(secret in html for secret in (SECRET, "9876543", "98,765,43", "98.765.43"))


def test_is_on_no_page(record_type: RecordType, secretive: Any, olga: User, as_: Any) -> None:
    client, url = as_("olga"), record_type.url(secretive.pk)
    assert told(as_("sara").get(url).content.decode()) or not hidden_fields(record_type)
    columns = ",".join([record_type.listing.columns[0], *hidden_fields(record_type)])
    addresses = [
        f"{record_type.url()}?edited=1&cols={columns}", f"{record_type.url()}new/", f"{record_type.url()}columns/",
        url, f"{url}peek/", f"{url}edit/", f"{url}timeline/", f"{url}timeline/?show=changes", "/", "/palette/",
        *([f"{record_type.url()}board/"] if record_type.board else []),
        *months_of(record_type),
    ]  # fmt: skip
    for address in addresses:
        answer = client.get(address, headers=HTMX if "peek" in address or "timeline" in address else {})
        assert answer.status_code == 200, address
        html = answer.content.decode()
        assert not told(html), address
        for name in hidden_fields(record_type):
            assert f'id="field-{name}"' not in html, (address, name)
            assert f'data-field="{name}"' not in html, (address, name)
            assert f"/cell/{name}/" not in html, (address, name)
    for name in hidden_fields(record_type):
        for part in (f"history/{name}/", f"cell/{name}/"):
            assert client.get(f"{url}{part}").status_code == 404, part
        field = asked(record_type)[name]
        assert (
            client.post(
                f"{url}cell/{name}/", {name: typed(field, value_of(field, 1)) if not field.is_relation else ""}
            ).status_code
            == 404
        )


def test_is_in_no_file_and_no_answer_of_the_api(record_type: RecordType, secretive: Any, olga: User, as_: Any) -> None:
    client = as_("olga")
    for file_format in ("csv", "xlsx"):
        rows, _content = exported(client, record_type, file_format=file_format)
        assert not told(json.dumps(rows, default=str))
        labels = {str(asked(record_type)[name].label) for name in hidden_fields(record_type)}
        shown = {
            str(one.label) for name, one in fields_of(record_type).items() if name not in hidden_fields(record_type)
        }
        assert not (labels - shown) & set(rows[0])
    base = f"/api/v1/{record_type.slug}"
    for address in (base, f"{base}/{secretive.pk}", f"{base}/{secretive.pk}/journal"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert not told(answer.content.decode()), address
    body = client.get(f"{base}/{secretive.pk}").json()
    for name in hidden_fields(record_type):
        assert name not in body
        assert name.partition(".")[2] not in body["custom"]


def test_cannot_be_asked_for_by_filter_or_sort(
    record_type: RecordType, secretive: Any, olga: User, as_: Any, house: Any
) -> None:
    # A verb may have made more of them.
    everything = sorted(record_type.model.objects.filter(trashed_at=None).values_list("pk", flat=True))
    client = as_("olga")
    plain_order = row_ids(client.get(f"{record_type.url()}?edited=1").content.decode())
    for name in hidden_fields(record_type):
        field = asked(record_type)[name]
        operator = next(iter(operators_of(field)))
        condition = str(Condition(field, operator, tuple(values_for(field, operator, secretive))))
        for param in ("f", "any"):
            assert sorted(all_ids(client, f"{record_type.url()}?edited=1&{param}={condition}")) == everything, name
            assert client.get(f"/api/v1/{record_type.slug}", {param: condition}).status_code == 400, name
        assert row_ids(client.get(f"{record_type.url()}?edited=1&sort=-{name}").content.decode()) == plain_order, name
        assert client.get(f"/api/v1/{record_type.slug}", {"sort": f"-{name}"}).status_code == 400, name
        assert f'value="{name}"' not in client.get(f"{record_type.url()}filter/?edited=1").content.decode()


def test_is_never_written_by_whom_it_is_hidden_from(
    record_type: RecordType, secretive: Any, olga: User, as_: Any
) -> None:
    client = as_("olga")
    before = record_type.model.objects.filter(pk=secretive.pk).values().get()
    data = {
        name: typed(field, value_of(field, 4))
        for name, field in asked(record_type).items()
        if name in hidden_fields(record_type) and not field.is_relation
    }
    html = client.get(record_type.url(secretive.pk, "edit")).content.decode()
    assert not told(html)
    client.post(record_type.url(secretive.pk, "edit"), {**data, "version": secretive.version, "box": list(data)})
    for name, value in data.items():
        client.post(
            f"{record_type.url()}bulk/change/",
            {"all": "1", "query": "edited=1", "field": name, "value": value, "go": "1"},
        )
        body = {"custom": {name.partition(".")[2]: "x"}} if name.startswith("custom.") else {name: "x"}
        assert send(
            client, "PATCH", f"/api/v1/{record_type.slug}/{secretive.pk}", {**body, "version": secretive.version}
        ).status_code in (403, 422)
    after = record_type.model.objects.filter(pk=secretive.pk).values().get()
    assert {name: value for name, value in after.items() if name not in ("version", "updated_at")} == {
        name: value for name, value in before.items() if name not in ("version", "updated_at")
    }


def test_two_roles_hide_only_what_both_hide(record_type: RecordType, secretive: Any, olga: User, as_: Any) -> None:
    everything = dict.fromkeys(RIGHTS, "all")
    name = next(name for name in hidden_fields(record_type) if asked(record_type)[name].kind == "text")
    olga.roles.add(
        Role.objects.create(name="One eye", rights={record_type.key: everything}, hidden={record_type.key: [name]})
    )
    seen = set(fields_of(record_type, User.objects.get(pk=olga.pk)))
    assert name not in seen
    assert set(hidden_fields(record_type)) - {name} <= seen
    assert f"/history/{name}/" not in text_of(as_("olga").get(record_type.url(secretive.pk)).content.decode())
