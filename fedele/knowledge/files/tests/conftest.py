from fedele.base.tests.sharing import shared_database
from fedele.records.exchange.tests.conftest import as_, cast, company, files_of_the_test, giulia, in_english

__all__ = ["as_", "cast", "company", "files_of_the_test", "giulia", "in_english", "shared_database"]
