from __future__ import annotations

from django.urls import path

from fedele.records.board import pages
from fedele.records.board.calendar import calendar

urlpatterns = [
    path("<slug:slug>/board/", pages.board, name="board"),
    path("<slug:slug>/board/move/", pages.move, name="move"),
    path("<slug:slug>/calendar/", calendar, name="calendar"),
]
