from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "fedele.people"
    label = "people"
    verbose_name = _("Customers")

    def ready(self) -> None:
        from fedele.people import access, menu, sentences  # noqa: F401 (declarations)
        from fedele.people.assignment import starting as assignment  # noqa: F401
        from fedele.people.companies import record as companies  # noqa: F401
        from fedele.people.consents import declared as consents  # noqa: F401
        from fedele.people.consents import menu as consents_menu  # noqa: F401 (last: what everybody uses comes first)
        from fedele.people.contacts import record as contacts  # noqa: F401
        from fedele.people.dossiers import declared as dossiers  # noqa: F401
        from fedele.people.duplicates import starting as duplicates  # noqa: F401
        from fedele.people.handovers import starting as handovers  # noqa: F401
        from fedele.people.leads import record as leads  # noqa: F401
        from fedele.people.lifecycle import declared as lifecycle  # noqa: F401
        from fedele.people.lists import counting, warnings  # noqa: F401
        from fedele.people.lists import record as lists  # noqa: F401
        from fedele.people.phone import views as phone  # noqa: F401
        from fedele.people.privacy import page as privacy_page  # noqa: F401
        from fedele.people.privacy import record as privacy_requests  # noqa: F401
        from fedele.people.privacy import retention  # noqa: F401
        from fedele.people.privacy import sentences as privacy_sentences  # noqa: F401
        from fedele.people.profiles import declared as profiles  # noqa: F401
