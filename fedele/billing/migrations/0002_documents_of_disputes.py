"""The documents of disputes become documents like all others; their bytes go where all bytes are."""

import hashlib
import secrets

from django.core.files.storage import default_storage
from django.db import migrations


def carry_over(apps, _schema):
    """What was taken away goes for good, as does what the store lost."""
    Document, Version = apps.get_model("knowledge", "Document"), apps.get_model("knowledge", "Version")
    for old in apps.get_model("billing", "DisputeFile").objects.select_related("dispute").order_by("pk"):
        name = old.file.name
        if old.removed_at is None and default_storage.exists(name):
            dispute = old.dispute
            made = Document.objects.create(
                name=old.name, about_type="dispute", about_id=dispute.pk, about_owner_id=dispute.owner_id,
                about_team_id=dispute.team_id, company_id=dispute.company_id, owner_id=old.added_by_id,
                created_at=old.added_at, updated_at=old.added_at, kind=_kind(old.kind),
            )
            version = Version.objects.create(
                document=made, number=1, stored=_kept(apps, old), name=old.name, added_by_id=old.added_by_id,
                added_at=old.added_at, reading="not",
            )
            Document.objects.filter(pk=made.pk).update(current=version)
        default_storage.delete(name)


def _kind(said):
    if said == "application/pdf":
        return "pdf"
    return "image" if said.startswith("image/") else "text" if said.startswith(("text/", "message/")) else "office"


def _kept(apps, old):
    with default_storage.open(old.file.name) as file:
        digest, size = hashlib.sha256(), 0
        for piece in file.chunks():
            digest.update(piece)
            size += len(piece)
        StoredFile = apps.get_model("knowledge", "StoredFile")
        found = StoredFile.objects.filter(sha256=digest.hexdigest()).first()
        if found is not None:
            return found
        file.seek(0)
        own = secrets.token_hex(16)
        kept = default_storage.save(f"kept/{own[:2]}/{own}", file)
    return StoredFile.objects.create(sha256=digest.hexdigest(), size=size, kind=old.kind, file=kept)


class Migration(migrations.Migration):
    dependencies = [("billing", "0001_open_items_and_disputes"), ("knowledge", "0002_documents")]
    operations = [
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.DeleteModel("DisputeFile"),
    ]
