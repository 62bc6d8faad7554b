from __future__ import annotations

from django.urls import path

from fedele.records.today import arranging, guide, page

urlpatterns = [
    path("", page.today, name="home"),
    path("today/work/", page.work, name="today_work"),
    path("today/block/<slug:key>/", page.block, name="today_block"),
    path("today/arrange/", arranging.arrange, name="today_arrange"),
    path("today/guide/close/", guide.close, name="today_guide_close"),
]
