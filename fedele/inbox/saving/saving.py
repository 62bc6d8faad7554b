"""The act itself: the same checks as for a file somebody drops onto the record."""

from __future__ import annotations

from typing import Any

from django.core.files.base import File
from django.http import Http404

from fedele.base.verbs import Refused
from fedele.inbox.messages.models import Attachment
from fedele.inbox.saving.models import Saved
from fedele.knowledge.documents.models import Document
from fedele.knowledge.documents.uploading import Outcome, add_document, add_version
from fedele.knowledge.files.accepting import UnfitFile
from fedele.knowledge.files.models import NoRoom


def save_as_document(attached: Attachment, about: Any, user: Any, how: str = "") -> Outcome:
    """On the record `about`. `how`: "" asks about what is there already, "again" adds it all the same."""
    return _saved(attached, user, lambda file: add_document(about, file, user, how))


def save_as_version(attached: Attachment, document: Document, user: Any) -> Outcome:
    return _saved(attached, user, lambda file: add_version(document, file, user))


def _saved(attached: Attachment, user: Any, take: Any) -> Outcome:
    try:
        with attached.file.file.open("rb") as content:
            outcome: Outcome = take(File(content, name=attached.name))
            # What it is already it is, too: whoever asks again is told at once.
            if outcome.document is not None and outcome.state != "named":
                Saved.objects.get_or_create(attachment=attached, document=outcome.document, defaults={"by": user})
    except FileNotFoundError:
        raise Http404 from None
    except (UnfitFile, NoRoom) as unfit:
        return Outcome(attached.name, "refused", unfit.message)
    except Refused as refused:
        return Outcome(attached.name, "refused", str(refused))
    return outcome
