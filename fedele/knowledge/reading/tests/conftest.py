from fedele.base.tests.sharing import shared_database
from fedele.knowledge.documents.tests.conftest import (
    as_,
    cast,
    company,
    files_of_the_test,
    giulia,
    in_english,
    pictures_of_the_test,
)

__all__ = [
    "as_",
    "cast",
    "company",
    "files_of_the_test",
    "giulia",
    "in_english",
    "pictures_of_the_test",
    "shared_database",
]
