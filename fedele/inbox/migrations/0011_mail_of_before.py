from django.db import migrations
from django.db.models import OuterRef, Q, Subquery

WRITTEN = ("message", "invitation", "pec", "pec_anomaly")


def whose_turn_it_is(apps, schema_editor):
    """Where the last letter was ours, an answer is awaited since then."""
    Thread, Message = apps.get_model("inbox", "Thread"), apps.get_model("inbox", "Message")
    letters = Q(direction="in", kind__in=WRITTEN) | Q(direction="out", state="sent")
    last = Message.objects.filter(letters, thread=OuterRef("pk")).order_by("-at", "-pk")
    ours = Thread.objects.annotate(last=Subquery(last.values("direction")[:1])).filter(last="out", waiting_since=None)
    Thread.objects.filter(pk__in=ours.values("pk")).update(awaited_since=Subquery(last.values("at")[:1]))


def make_findable_soon(apps, schema_editor):
    """By a job: a million messages would keep an update waiting."""
    from fedele.inbox.messages.jobs import make_findable

    if apps.get_model("inbox", "Message").objects.exists():
        make_findable.enqueue(0)


class Migration(migrations.Migration):
    dependencies = [
        ("inbox", "0010_filters_and_requests"),
        ("search", "0001_initial"),
        ("django_tasks_database", "0021_conditional_partial_index_ordering"),
    ]

    operations = [
        migrations.RunPython(whose_turn_it_is, migrations.RunPython.noop),
        migrations.RunPython(make_findable_soon, migrations.RunPython.noop),
    ]
