"""The REST API: every record type at /api/v1/<slug>, described at /api/v1/openapi.json.

Annotations are evaluated here, not postponed: each endpoint is made for one record type and its own schemas.
"""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import override
from ninja import NinjaAPI, Query, Router, Schema
from ninja.errors import ValidationError as BodyError
from pydantic import ConfigDict, Field, create_model

from fedele import __version__
from fedele.base.models import Conflict, Refused
from fedele.base.verbs import verb_of
from fedele.records.api import doors
from fedele.records.api.doors import Refusal
from fedele.records.api.forms import FormDoor, TwoWays, described
from fedele.records.api.further import form_of, further
from fedele.records.api.keys import KeyOrSession
from fedele.records.api.schemas import (
    LONGEST_ID,
    WRONG,
    Changed,
    Doubled,
    Journal,
    MergedInto,
    ToMerge,
    created_for,
    schemas_for,
)
from fedele.records.declare import RecordType
from fedele.records.likeness import is_compared
from fedele.records.merging.leading import Led
from fedele.records.registry import registry

#: Of one record: it may have been merged into another, or changed meanwhile.
READ = {**WRONG, 301: MergedInto}
CLASH = {**WRONG, 409: Changed, 410: MergedInto}

api = NinjaAPI(
    title="Fedele",
    version=__version__,
    urls_namespace="api",
    auth=KeyOrSession(),
    docs_url=None,
    description="Every record type and every verb of the product, with the rights of the person whose key is used.",
)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, error: Refusal) -> HttpResponse:
    body: dict[str, Any] = {"detail": error.detail, "fields": error.fields, **error.more}
    if error.current is not None:
        body["current"] = error.current
    if error.alike:
        body["possible_duplicates"] = doors.told(error.alike)
    return api.create_response(request, body, status=error.status)


@api.exception_handler(Refused)
def verb_refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return api.create_response(request, {"detail": str(error), "fields": {}}, status=422)


@api.exception_handler(Conflict)
def conflicting(request: HttpRequest, error: Conflict) -> HttpResponse:
    return api.create_response(
        request, {"detail": _("Somebody else saved this record meanwhile."), "fields": {}, "current": {}}, status=409
    )


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    return api.create_response(request, {"detail": _("Some values are not right."), "fields": fields}, status=422)


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return api.create_response(
        request, {"detail": _("There is no such record, or it is not yours to see."), "fields": {}}, status=404
    )


@api.exception_handler(Led)
def led(request: HttpRequest, error: Led) -> HttpResponse:
    """Reading is led on (301); writing is not: whoever writes reads what remained first, and its version."""
    url = f"/api/v1/{error.record_type.slug}/{error.survivor_id}"
    said = _("%(record)s was merged into another record.") % {"record": error.merged}
    body = {"detail": said, "fields": {}, "merged_into": error.survivor_id, "url": url}
    response = api.create_response(request, body, status=301 if request.method == "GET" else 410)
    if request.method == "GET":
        response["Location"] = url + ("/journal" if request.path.endswith("/journal") else "")
    return response


@api.exception_handler(PermissionDenied)
def forbidden(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return api.create_response(request, {"detail": str(error), "fields": {}}, status=403)


@api.exception_handler(BodyError)
def malformed(request: HttpRequest, error: BodyError) -> HttpResponse:
    fields: dict[str, list[str]] = {}
    for problem in error.errors:
        name = str(problem["loc"][-1]) if problem.get("loc") else ""
        fields.setdefault(name, []).append(str(problem["msg"]))
    return api.create_response(request, {"detail": _("Some values are not right."), "fields": fields}, status=422)


def _given(payload: Any) -> dict[str, Any]:
    values: dict[str, Any] = payload.model_dump(exclude_unset=True)
    return values


def router_for(record_type: RecordType) -> Router:
    as_read, to_create, to_change, page = schemas_for(record_type)
    router = Router(tags=[record_type.slug])
    router.path_operations[""] = TwoWays()
    key = record_type.key

    @router.get("", response={200: page, **WRONG}, operation_id=f"list_{key}", exclude_unset=True)
    def listing(
        request: HttpRequest,
        f: list[str] = Query([]),
        any_of: list[str] = Query([], alias="any"),
        q: str = Query("", max_length=200),
        sort: str = "",
        after: str = "",
        size: int = Query(50, ge=1, le=200),
    ) -> Any:
        """Records in the filter language of the lists: `f=owner.in:me`, repeated; `any=` for alternatives."""
        return doors.page_of(record_type, request)

    _add_create(router, record_type, as_read, to_create)

    @router.get("/{int:pk}", response={200: as_read, **READ}, operation_id=f"read_{key}", exclude_unset=True)
    def read(request: HttpRequest, pk: int) -> Any:
        return doors.shown(record_type, doors.one(record_type, request.user, pk), request.user)

    @router.patch("/{int:pk}", response={200: as_read, **CLASH}, operation_id=f"change_{key}", exclude_unset=True)
    def change(request: HttpRequest, pk: int, payload: to_change) -> Any:  # type: ignore[valid-type]
        """Needs the `version` the record was read at; answers 409 with the current one when somebody was faster."""
        return doors.shown(record_type, doors.change(record_type, request.user, pk, _given(payload)), request.user)

    @router.delete("/{int:pk}", response={204: None, **CLASH}, operation_id=f"trash_{key}")
    def trash(request: HttpRequest, pk: int) -> Any:
        """Into the trash, from where it can be restored."""
        doors.one(record_type, request.user, pk, "delete").trash()
        return 204, None

    @router.get("/{int:pk}/journal", response={200: Journal, **READ}, operation_id=f"journal_{key}")
    def journal(request: HttpRequest, pk: int, before: int | None = Query(None, ge=1, le=LONGEST_ID)) -> Any:
        return doors.journal_of(record_type, request.user, pk, before)

    if record_type.merge is not None:
        _add_merge(router, record_type, as_read)
    for name in record_type.verbs:
        _add_verb(router, record_type, name, as_read)
    return router


def _add_merge(router: Router, record_type: RecordType, as_read: Any) -> None:
    merged = create_model(
        f"{record_type.model.__name__}Merged",
        __base__=Schema,
        record=(as_read, ...),
        merged=(list[int], ...),
        batch=(int, Field(..., description="Taken apart within 30 days on the page of the record.")),
    )

    @router.post("/merge", response={200: merged, **CLASH}, operation_id=f"merge_{record_type.key}", exclude_unset=True)
    def merge(request: HttpRequest, payload: ToMerge) -> Any:
        """Several records become one, with all that points at them; later addresses of the others lead to it (301)."""
        return doors.merge_into(record_type, request.user, _given(payload))


def _add_create(router: Router, record_type: RecordType, as_read: Any, to_create: Any) -> None:
    """Types that are compared with others answer what the new record is perhaps the same as, and refuse it if asked to."""
    key, compared = record_type.key, is_compared(record_type.key)
    created = created_for(record_type, as_read) if compared else as_read
    answers: dict[int, Any] = {201: created, **WRONG, **({409: Doubled} if compared else {})}
    form = import_string(form_of(key)) if form_of(key) else None
    if form is not None:
        answers |= {200: as_read, **form.answers}
    extra = described(form.fields, form.needed) if form is not None else None

    @router.post("", response=answers, operation_id=f"create_{key}", exclude_unset=True, openapi_extra=extra)
    def create(request: HttpRequest, payload: to_create, refuse_duplicates: bool = False) -> Any:  # type: ignore[valid-type]
        record, alike = doors.create(record_type, request.user, _given(payload), refuse_duplicates)
        shown = doors.shown(record_type, record, request.user)
        return 201, {**shown, **({"possible_duplicates": doors.told(alike)} if compared else {})}

    if form is not None:
        _add_form(router, record_type, form, answers)


def _add_form(router: Router, record_type: RecordType, form: FormDoor, answers: dict[int, Any]) -> None:
    """Described with the JSON above, whose address it shares."""
    key = record_type.key

    @router.post("", response=answers, operation_id=f"send_{key}", exclude_unset=True, include_in_schema=False)
    def send(request: HttpRequest) -> Any:
        status, record = form.take(request)
        return status, doors.shown(record_type, record, request.user)


def _add_verb(router: Router, record_type: RecordType, name: str, as_read: Any) -> None:
    described = verb_of(record_type.model, name)
    body = _body_of(record_type, name, described.form)

    @router.post(
        f"/{{int:pk}}/{name}",
        response={200: as_read, **CLASH},
        operation_id=f"{name}_{record_type.key}",
        exclude_unset=True,
        summary=str(described.label),
    )
    def act(request: HttpRequest, pk: int, payload: body = None) -> Any:  # type: ignore[valid-type]
        given: dict[str, Any] = _given(payload) if payload is not None else {}
        return doors.shown(record_type, doors.do(record_type, request.user, pk, name, given), request.user)


def _body_of(record_type: RecordType, name: str, form: str) -> Any:
    """The arguments of a verb as a schema, from its form."""
    fields: dict[str, Any] = {}
    if form:
        for key, field in import_string(form).base_fields.items():
            kind = _argument(field)
            fields[key] = (kind, ...) if field.required else (kind | None, Field(None))
    return (
        create_model(
            f"{record_type.model.__name__}{name.capitalize()}", __config__=ConfigDict(extra="forbid"), **fields
        )
        | None
    )


def _argument(field: forms.Field) -> Any:
    """Wide types on the way in, as for fields of a record: what is wrong is said in words by the form."""
    if isinstance(field, forms.ModelChoiceField):
        return int
    if isinstance(field, forms.BooleanField):
        return bool | str
    # A kind of IntegerField are DecimalField and FloatField, too.
    return int | float | str if isinstance(field, forms.IntegerField) else str


# Made once a process, so in the one language of programmers and not in that of whoever asked first.
with override("en"):
    for declared in registry:
        api.add_router(f"/{declared.slug}", router_for(declared))
    for slug, path in further().items():
        api.add_router(f"/{slug}", import_string(path))
