"""Where an audience is used, live and in drafts: one that is keeps its short name and can't be deleted."""

import json
from dataclasses import dataclass

from wagtail.models import Revision

from cms.models import CoursePage, Edition, ModulePage


@dataclass(frozen=True)
class Use:
    """A course, module or edition that names an audience; ``subject`` is the page or edition.

    ``times`` counts in how many places it does: a page's own *Shown to*, blocks, alternatives of variants.
    """

    subject: object
    is_draft: bool
    times: int

    @property
    def title(self) -> str:
        """What an editor knows it by."""
        return str(self.subject)

    @property
    def kind(self) -> str:
        """Course, module or edition."""
        return str(self.subject._meta.verbose_name)


def uses_of(slug: str) -> list[Use]:
    """Everything that names the audience ``slug``, each once; what stands only in a draft says so.

    A fixed number of queries; the streams are read in their stored form.
    """
    subjects = [*CoursePage.objects.all(), *ModulePage.objects.all(), *Edition.objects.all()]
    drafts = _drafts(subjects)
    found = []
    for subject in subjects:
        live = _named_by(subject).count(slug)
        draft = _named_in_stored(drafts.get(subject.latest_revision_id, {})).count(slug)
        if live or draft:
            found.append(Use(subject, is_draft=not live, times=live or draft))
    return found


def _drafts(subjects):
    ids = [subject.latest_revision_id for subject in subjects if subject.has_unpublished_changes]
    return dict(Revision.objects.filter(pk__in=ids).values_list("pk", "content"))


def _named_by(subject):
    if isinstance(subject, CoursePage):
        return list(subject.audiences)
    if isinstance(subject, ModulePage):
        return [*subject.audiences, *_walk(list(subject.body.raw_data))]
    return list(_walk(list(subject.changes.raw_data)))


def _named_in_stored(content):
    streams = (content.get(name) for name in ("body", "changes"))
    named = list(content.get("audiences") or ())
    for stream in streams:
        if stream:
            named += _walk(json.loads(stream))
    return named


def _walk(stored):
    """The slugs in stored blocks, wherever they stand."""
    if isinstance(stored, list):
        for item in stored:
            yield from _walk(item)
    elif isinstance(stored, dict):
        for name, value in stored.items():
            if name in ("shown_to", "audiences"):
                yield from value or ()
            else:
                yield from _walk(value)
