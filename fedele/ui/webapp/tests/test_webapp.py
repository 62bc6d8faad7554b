"""Manifest, icons and worker as they answer, and which answers may be kept by whom."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from fedele.people.companies.models import Company
from fedele.people.privacy.models import PrivacyRequest


@pytest.mark.parametrize(("language", "name"), [("it", "Oggi"), ("en", "Today")])
def test_manifest_has_what_an_app_needs(client: Client, db: None, language: str, name: str) -> None:
    told = json.loads(client.get("/manifest.webmanifest", headers={"Accept-Language": language}).content)
    assert (told["id"], told["start_url"], told["display"], told["lang"]) == ("/", "/", "standalone", language)
    assert {(icon["sizes"], icon["purpose"]) for icon in told["icons"]} == {
        ("192x192", "any"), ("512x512", "any"), ("192x192", "maskable"), ("512x512", "maskable"),
    }  # fmt: skip
    assert (told["shortcuts"][0]["name"], told["share_target"]["action"]) == (name, "/share/")


@pytest.mark.parametrize("shape", ["mark", "mask", "badge"])
def test_icons_are_pictures_of_their_size(client: Client, db: None, shape: str) -> None:
    picture = Image.open(io.BytesIO(client.get(f"/icon/{shape}/192.png").content))
    assert (picture.format, picture.size) == ("PNG", (192, 192))
    # The mask is filled to its corners, the mark is not.
    assert (picture.getpixel((0, 0))[3] == 255) == (shape == "mask")
    assert client.get(f"/icon/{shape}/193.png").status_code == 404


def test_worker_is_one_script_for_the_whole_site(client: Client, db: None) -> None:
    answer = client.get("/sw.js")
    assert (answer["Content-Type"], answer["Service-Worker-Allowed"]) == ("text/javascript; charset=utf-8", "/")
    told = json.loads(answer.content.decode().partition("\n")[0].removeprefix("const FEDELE = ").removesuffix(";"))
    assert told["offline"] == "/offline/"
    assert len(told["release"]) == 12


@pytest.fixture
def company(giulia: Any) -> Company:
    one = Company(name="Rinaldi", owner=giulia)
    one.save()
    return one


def test_what_is_read_may_be_kept_and_nothing_else(as_: Any, company: Company) -> None:
    giulia = as_("giulia")
    kept = {
        path: "X-Keep" in giulia.get(path).headers
        for path in (
            "/", "/companies/", f"/companies/{company.pk}/", "/notices/",
            f"/companies/{company.pk}/edit/", "/companies/new/", "/companies/export/?format=csv", "/profile/", "/session/",
            "/companies/999/", "/notices/preferences/", "/import/", "/live/",
        )
    }  # fmt: skip
    assert [path for path, keeps in kept.items() if keeps] == list(kept)[:4]


def test_requests_about_data_are_never_kept(as_: Any, sara: Any) -> None:
    asked = PrivacyRequest(kind="access", name="Anna Verdi", owner=sara)
    asked.save()
    answer = as_("sara").get(f"/privacy-requests/{asked.pk}/")
    assert (answer.status_code, "X-Keep" in answer.headers) == (200, False)


def test_pages_name_the_session_and_not_the_person(as_: Any, giulia: Any) -> None:
    first, second = as_("giulia").get("/companies/")["X-Reader"], as_("luca").get("/companies/")["X-Reader"]
    assert first != second
    again = Client()
    again.force_login(giulia)
    assert again.get("/companies/")["X-Reader"] != first
    assert Client().get("/accounts/login/")["X-Reader"] == "nobody"


def test_signing_out_clears_the_browser(as_: Any) -> None:
    answer = as_("giulia").post("/accounts/logout/")
    assert (answer.status_code, answer["Clear-Site-Data"]) == (302, '"cache", "storage"')
    assert "Clear-Site-Data" not in as_("giulia").get("/accounts/logout/").headers
