"""What the API says of itself is what it does, whatever is sent (A-84)."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from fedele.access.keys import ApiKey
from fedele.config.wsgi import application
from fedele.knowledge.documents.models import Document
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.people.leads.models import Lead
from fedele.records.api.endpoints import api
from fedele.sales.opportunities.models import Opportunity

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture
def house(cast: SimpleNamespace) -> SimpleNamespace:
    """Giulia's key, and a record of each type by its address."""
    company = Company.objects.create(name="Alfa", owner=cast.giulia)
    records = {
        "companies": company,
        "contacts": Contact.objects.create(last_name="Rossi", company=company, owner=cast.giulia),
        "leads": Lead.objects.create(last_name="Tosi", email="tosi@example.com", owner=cast.giulia),
        "opportunities": Opportunity.objects.create(name="Press", company=company, owner=cast.giulia),
        "documents": Document.objects.create(name="Offer", company=company, owner=cast.giulia),
    }
    records["documents"].add_version(b"An offer", "offer.txt", by=cast.giulia)
    headers = {"Authorization": f"Bearer {ApiKey.make(cast.giulia, 'tests')[1]}"}
    return SimpleNamespace(headers=headers, ids={slug: record.pk for slug, record in records.items()})


schema = schemathesis.openapi.from_dict(api.get_openapi_schema())
schema.app = application


@schema.parametrize()
@settings(
    max_examples=25, deadline=None, phases=[Phase.explicit, Phase.generate], derandomize=True,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
def test_every_operation_keeps_its_word(case: Any, house: SimpleNamespace) -> None:
    key = case.path_parameters.get("pk")
    if isinstance(key, int) and key % 2 == 0:
        # Every other number is that of a record which is there: else all one would ever see is 404.
        case.path_parameters["pk"] = house.ids.get(case.path.split("/")[3], key)
    case.validate_response(case.call(headers=house.headers), checks=CHECKS)


def test_every_operation_is_described() -> None:
    paths = api.get_openapi_schema()["paths"]
    described = {one["operationId"] for methods in paths.values() for one in methods.values()}
    assert len(described) == sum(len(methods) for methods in paths.values()) >= 4 * 6
    for path, methods in paths.items():
        for method, one in methods.items():
            assert {400, 401, 403, 404, 422} <= set(one["responses"]), (path, method)
            assert all(code < 500 for code in one["responses"])
