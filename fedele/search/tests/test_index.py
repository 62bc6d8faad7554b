from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from fedele.search import candidates, index, statistics, vocabulary
from fedele.search.checks import trigrams
from fedele.search.engines import engine
from fedele.search.models import Document, Word, WordChange

pytestmark = pytest.mark.django_db


def words() -> dict[str, int]:
    engine().settle()
    return dict(Word.objects.values_list("word", "documents"))


def test_putting_again_replaces() -> None:
    index.put("person", [(1, "Mario Rossi", "Brescia")])
    index.put("person", [(1, "Mario Bianchi", "Brescia")])
    assert candidates("bianchi", "person") == [1]
    assert candidates("rossi", "person") == []
    assert words() == {"mario": 1, "bianchi": 1, "brescia": 1}


def test_the_last_of_two_rows_of_one_record_counts() -> None:
    index.put("person", [(1, "Rossi", ""), (1, "Bianchi", "")])
    assert [document.title for document in Document.objects.all()] == ["Bianchi"]


def test_removing_forgets_the_words_too() -> None:
    index.put("person", [(1, "Mario Rossi", ""), (2, "Mario Bianchi", "")])
    index.remove("person", [1, 77])
    assert candidates("rossi", "person") == []
    assert candidates("mario", "person") == [2]
    assert words() == {"mario": 1, "bianchi": 1}


@pytest.mark.parametrize(("rows", "statements"), [(1, 3), (1500, 3)])
def test_few_statements_whatever_the_number(django_assert_max_num_queries, rows: int, statements: int) -> None:  # type: ignore[no-untyped-def]
    people = [(n, f"Persona {n}", "Brescia") for n in range(1, rows + 1)]
    with django_assert_max_num_queries(statements):
        index.put("person", people)
    with django_assert_max_num_queries(1):
        index.put("person", people)
    engine().settle()
    with django_assert_max_num_queries(statements):
        index.put("person", [(n, f"Altra {n}", "Brescia") for n, _, _ in people])
    with django_assert_max_num_queries(statements):
        index.remove("person", range(1, rows + 1))
    assert Document.objects.count() == 0


def test_rebuilding_leaves_nothing_else() -> None:
    index.put("person", [(1, "Rossi", ""), (2, "Bianchi", ""), (3, "Verdi", "")])
    index.put("ticket", [(2, "Bianchi", "")])
    assert index.rebuild("person", iter([(1, "Rossi", ""), (3, "Neri", "")])) == 2
    assert candidates("bianchi", "person") == []
    assert candidates("neri", "person") == [3]
    assert candidates("bianchi", "ticket") == [2]


def test_indexes_and_counts_can_be_made_anew() -> None:
    index.put("person", [(1, "Rossi", "Brescia"), (2, "Bianchi", "Brescia")])
    WordChange.objects.all().delete()
    Word.objects.all().delete()
    index.optimise()
    assert words() == {"rossi": 1, "bianchi": 1, "brescia": 2}
    assert candidates("rosi", "person") == [1]
    assert statistics()["documents"] == {"person": 2}


def test_installing_twice_changes_nothing() -> None:
    index.put("person", [(1, "Rossi", "")])
    engine().install()
    assert candidates("rossi", "person") == [1]


def test_a_lost_index_is_made_and_filled() -> None:
    index.put("person", [(1, "Rossi", "")])
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE search_words" if connection.vendor == "sqlite" else "DROP INDEX search_words")
    call_command("rebuild_search", "--index-only", stdout=StringIO())
    assert candidates("rossi", "person") == [1]


def test_without_trigrams_it_finds_the_same_and_says_so() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP EXTENSION pg_trgm CASCADE")
    index.put("person", [(1, "Rossana Rossi", "")])
    assert candidates("rosi", "person") == candidates("ossan", "person") == [1]
    assert bool(trigrams(["default"])) == (connection.vendor == "postgresql")


def test_frequent_spellings_come_first() -> None:
    index.put("person", [(n, "Rossi", "") for n in range(1, 6)] + [(9, "Rosci", "")])
    vocabulary.settle()
    assert vocabulary.spellings("rosxi") == ["rossi", "rosci"]


def test_ids_must_be_ids() -> None:
    with pytest.raises(ValueError, match="no record id"):
        index.put("person", [(0, "Rossi", "")])
