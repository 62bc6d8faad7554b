from fedele.records.page.tests.conftest import as_, cast, company, contact, giulia, lead, opportunity

__all__ = ["as_", "cast", "company", "contact", "giulia", "lead", "opportunity"]
