from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fedele.access.administration import administrators_only
from fedele.access.audit import Subject, edited
from fedele.access.screens import errors_of, screen
from fedele.setup.models import Company
from fedele.ui import redirect


class CompanyForm(forms.ModelForm):
    website = forms.URLField(label=gettext_lazy("Web site"), required=False, max_length=200, assume_scheme="https")

    class Meta:
        model = Company
        fields = [
            "name",
            "street",
            "postcode",
            "city",
            "province",
            "country",
            "vat_number",
            "tax_code",
            "phone",
            "email",
            "website",
            "language",
            "currency",
            "fiscal_year_start",
        ]

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()


def told(company: Company) -> dict[str, Any]:
    return {
        name: str(getattr(company, f"get_{name}_display", lambda name=name: getattr(company, name))())
        for name in CompanyForm.Meta.fields
    }


@administrators_only
def company(request: HttpRequest) -> HttpResponse:
    one = Company.current()
    before = told(one)
    form = CompanyForm(request.POST if request.method == "POST" else None, instance=one)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            after = told(form.save())
            edited("own_company.edited", Subject("own_company", 1, one.name), before, after)
        return redirect(request, reverse("setup_company"), _("Saved"))
    context = {"form": form, "errors": errors_of(form)}
    return screen(request, "setup/company.html", context, status=422 if form.errors else 200)
