"""Under /assignment/."""

from django.urls import path

from fedele.people.assignment import absences, areas, load, mine, queue, rules

urlpatterns = [
    path("assignment/queue/", queue.queue, name="assignment_queue"),
    path("assignment/queue/sort/", queue.sort, name="assignment_sort"),
    path("assignment/load/", load.load, name="assignment_load"),
    path("assignment/load/<int:pk>/", load.give_away, name="assignment_give_away"),
    path("assignment/capacity/<int:pk>/", load.capacity, name="assignment_capacity"),
    path("assignment/rules/", rules.rules, name="assignment_rules"),
    path("assignment/rules/new/", rules.new, name="assignment_rule_new"),
    path("assignment/rules/<int:pk>/", rules.rule, name="assignment_rule"),
    path("assignment/rules/<int:pk>/delete/", rules.delete, name="assignment_rule_delete"),
    path("assignment/condition/", rules.condition, name="assignment_condition"),
    path("assignment/areas/", areas.areas, name="assignment_areas"),
    path("assignment/absences/", absences.absences, name="assignment_absences"),
    path("assignment/absences/new/", absences.new, name="assignment_absence_new"),
    path("assignment/absences/<int:pk>/", absences.absence, name="assignment_absence"),
    path("assignment/absences/<int:pk>/delete/", absences.delete, name="assignment_absence_delete"),
    path("assignment/mine/", mine.mine, name="assignment_mine"),
]
