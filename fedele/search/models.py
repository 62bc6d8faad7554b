from __future__ import annotations

from django.db import models


class Document(models.Model):
    """What one record is found by. `index.py` writes these; the engine keeps its own index over them."""

    #: Record type and record id in one number: places.py.
    id = models.BigIntegerField(primary_key=True)
    record_type = models.CharField(max_length=40)
    title = models.TextField()
    #: The title normalised, for "begins with" and for the order of the hits.
    name = models.TextField()
    #: All words it is found by, between blanks: words.py.
    words = models.TextField()

    class Meta:
        db_table = "search_document"

    def __str__(self) -> str:
        return self.title


class Word(models.Model):
    """An ordinary word and in how many documents it is: what a misspelt word may have meant."""

    word = models.CharField(max_length=40, unique=True)
    documents = models.IntegerField(default=0)

    class Meta:
        db_table = "search_word"
        indexes = [models.Index(fields=["word"], name="search_word_gone", condition=models.Q(documents__lte=0))]

    def __str__(self) -> str:
        return self.word


class WordChange(models.Model):
    """A count not yet added to its word. Only where many write at once: nobody waits for another's common word."""

    word = models.CharField(max_length=40)
    change = models.IntegerField()

    class Meta:
        db_table = "search_word_change"

    def __str__(self) -> str:
        return f"{self.word} {self.change:+}"
