"""Keys: shown once, kept as a hash, with the rights of their owner and dead when the owner is (A-27, A-37, A-40)."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.test import Client

from fedele.access.keys import ApiKey
from fedele.journal.models import Entry
from fedele.people.companies.models import Company
from fedele.records.api.tests.conftest import Program


def test_a_secret_is_nowhere_in_the_database(cast: SimpleNamespace) -> None:
    key, secret = ApiKey.make(cast.giulia, "tests")
    assert len(secret) > 40
    assert secret not in str(ApiKey.objects.filter(pk=key.pk).values().get())
    assert ApiKey.find(secret) == key
    assert ApiKey.find(secret[:-1]) is None
    assert ApiKey.find("") is None


def test_a_key_that_may_only_read_reads_and_writes_nothing(cast: SimpleNamespace, company: Company) -> None:
    program = Program(ApiKey.make(cast.giulia, "reads", read_only=True)[1])
    assert program("GET", "companies").status_code == program("GET", f"companies/{company.pk}").status_code == 200
    refused = [
        program("POST", "companies", {"name": "Beta"}), program("PATCH", f"companies/{company.pk}", {"name": "B", "version": 1}),
        program("DELETE", f"companies/{company.pk}"), program("POST", "leads/1/kill", {"reason": "no_need"}),
    ]  # fmt: skip
    assert {answer.status_code for answer in refused} <= {401, 403}
    assert Company.objects.get().version == 1


def test_a_key_taken_back_is_dead_at_once(cast: SimpleNamespace) -> None:
    key, secret = ApiKey.make(cast.giulia, "tests")
    assert Program(secret)("GET", "companies").status_code == 200
    key.delete()
    assert Program(secret)("GET", "companies").status_code == 401


def test_so_is_the_key_of_who_is_deactivated(cast: SimpleNamespace, program: Program) -> None:
    type(cast.giulia).objects.filter(pk=cast.giulia.pk).update(is_active=False)
    assert program("GET", "companies").status_code == 401
    assert program("POST", "companies", {"name": "Beta"}).status_code == 401
    assert not Company.objects.exists()


def test_a_key_is_taken_from_the_header_alone(cast: SimpleNamespace) -> None:
    secret = ApiKey.make(cast.giulia, "tests")[1]
    for name in ("key", "api_key", "token", "access_token", "Authorization"):
        assert Client().get("/api/v1/companies", {name: secret}).status_code == 401
    for header in (
        secret,
        f"Basic {secret}",
        f"bearer{secret}",
        "Bearer",
        "Bearer ",
        f"Bearer {secret}x",
        f"Bearer x {secret}",
    ):
        assert Client().get("/api/v1/companies", headers={"Authorization": header}).status_code == 401, header


def test_a_wrong_key_is_not_made_good_by_a_session(cast: SimpleNamespace) -> None:
    client = Client(headers={"Authorization": "Bearer wrong"})
    client.force_login(cast.sara)
    assert client.get("/api/v1/companies").status_code == 401


def test_what_a_program_writes_is_signed_by_the_owner_of_its_key(cast: SimpleNamespace, program: Program) -> None:
    assert program("POST", "companies", {"name": "Beta"}).status_code == 201
    entry = Entry.objects.get(kind="company.created")
    assert (entry.actor, entry.door) == (cast.giulia, "api")


def test_a_session_needs_the_token_of_the_page_to_write(cast: SimpleNamespace) -> None:
    strict: Any = Client(enforce_csrf_checks=True)
    strict.force_login(cast.giulia)
    assert strict.get("/api/v1/companies").status_code == 200
    assert strict.post("/api/v1/companies", {"name": "Beta"}, content_type="application/json").status_code == 403
    assert strict.post("/api/v1/companies", '{"name": "Beta"}', content_type="text/plain").status_code == 403
    assert not Company.objects.exists()


def test_a_key_needs_no_such_token(cast: SimpleNamespace) -> None:
    secret = ApiKey.make(cast.giulia, "tests")[1]
    strict = Client(enforce_csrf_checks=True, headers={"Authorization": f"Bearer {secret}"})
    assert strict.post("/api/v1/companies", {"name": "Beta"}, content_type="application/json").status_code == 201


def test_its_last_use_is_kept_now_and_then(cast: SimpleNamespace, program: Program) -> None:
    program("GET", "companies")
    first = ApiKey.objects.get().last_used_at
    program("GET", "companies")
    assert first is not None
    assert ApiKey.objects.get().last_used_at == first
