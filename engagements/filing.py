"""Filing: a document that a team keeps beside its work, served to who reads the work and to nobody else."""

from pathlib import PurePath
from uuid import uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from engagements import figures
from engagements.models import EngagementFile, Meeting, Member
from engagements.protocols import Prompt
from roster import audit

LOOKED_AT_BYTES = 2_000_000


class AboutStudents(Exception):
    """It is a table with a row for each student; nothing of it is kept."""


class NotTheirs(Exception):
    """Only who put it there, or who steers the work, takes it away."""


def put(
    *, by: Member, upload: UploadedFile, prompt: Prompt | None = None, meeting: Meeting | None = None
) -> EngagementFile:
    """Keep ``upload`` beside ``prompt``, with the papers of ``meeting``, or beside the whole work.

    It lies under a name that says nothing; what it was called is in its row.

    Raises:
        AboutStudents: a CSV file that is about single students.
    """
    _must_not_be_of_students(upload)
    name = PurePath(upload.name).name[:200]
    row = EngagementFile(
        engagement=by.engagement,
        prompt_id=prompt.id if prompt else "",
        meeting=meeting,
        name=name,
        size_bytes=upload.size,
        by=by,
    )
    with transaction.atomic():
        row.file.save(f"{uuid4().hex}{PurePath(name).suffix.lower()[:12]}", upload, save=True)
        audit.record(actor=by.person, action="put file in engagement", subject=by.engagement)
    return row


def take_away(*, file: EngagementFile, by: Member) -> None:
    """Delete a file for good, what lies in the store too.

    Raises:
        NotTheirs: somebody else put it there.
    """
    if not may_take_away(file, by):
        raise NotTheirs(file)
    stored, store = file.file.name, file.file.storage
    with transaction.atomic():
        audit.record(actor=by.person, action="took file out of engagement", subject=by.engagement)
        file.delete()
        transaction.on_commit(lambda: store.delete(stored))


def may_take_away(file: EngagementFile, member: Member | None) -> bool:
    """May ``member`` delete it?"""
    return member is not None and (file.by_id == member.pk or member.steers)


def _must_not_be_of_students(upload: UploadedFile) -> None:
    if PurePath(upload.name).suffix.lower() not in (".csv", ".txt"):
        return
    text = figures.decoded(upload.read(LOOKED_AT_BYTES))
    upload.seek(0)
    if figures.are_about_persons(text):
        raise AboutStudents
