"""Fitting: what of an edition no longer fits its course, once that has changed under it.

Nothing breaks for learners: tailoring passes over what it can't place. But its author should know, exactly.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from cms.blocks.streams import FIXED_PLACES
from cms.blocks.walking import every_block
from cms.models import Audience, CoursePage, Edition, ModulePage

_TEXTS = ("title", "body", "question", "what", "text", "situation", "summary")
ASKING = {"reflection": "question", "check": "question", "pool": "title", "action": "what"}


@dataclass(frozen=True)
class Misfit:
    """One thing that no longer fits.

    ``kind`` is ``course``, ``module``, ``place``, ``repeat`` (the module asks the same by now) or
    ``audience``. ``subject`` is the id of the edition's block or change, empty for the whole edition.
    """

    kind: str
    subject: str
    words: str

    @property
    def sign(self) -> str:
        """What tells this misfit from any other of the edition."""
        return f"{self.kind}:{self.subject}"


def misfits(edition: Edition) -> list[Misfit]:
    """What of ``edition``, as it is given (a draft or what is live), no longer fits. Four queries."""
    return misfits_of([edition])[0]


def misfits_of(editions: Iterable[Edition]) -> list[list[Misfit]]:
    """The misfits of each of ``editions``, in order. Four queries, however many there are."""
    editions = list(editions)
    courses = _courses({edition.course_key for edition in editions})
    modules = _modules(editions)
    audiences = set(Audience.objects.values_list("slug", flat=True))
    return [list(_of(edition, courses, modules, audiences)) for edition in editions]


def _courses(keys) -> dict:
    """The paths of each course's live pages, by key."""
    found = defaultdict(list)
    for key, path in (
        CoursePage.objects.live().filter(translation_key__in=keys).values_list("translation_key", "path")
    ):
        found[key].append(path)
    return found


def _modules(editions) -> dict[int, ModulePage]:
    named = {change["value"].get("module") for edition in editions for change in edition.changes.raw_data}
    return {page.pk: page for page in ModulePage.objects.filter(pk__in=named - {None})}


def _of(edition, courses, modules, audiences):
    paths = tuple(courses.get(edition.course_key, ()))
    if not paths:
        yield Misfit("course", "", _("The course isn't published any more, so nobody sees this edition."))
        return
    for change in edition.changes.raw_data:
        page = modules.get(change["value"].get("module"))
        if page is None or not page.path.startswith(paths) or not page.live:
            yield Misfit("module", change["id"], _module_words(change, page))
        elif change["type"] == "addition":
            yield from _of_addition(change, page, audiences)


def _module_words(change, page):
    lost = _("What you say of it has no effect.")
    if change["type"] == "addition":
        lost = _("Your staff don't see what you added to it: %(words)s") % {
            "words": " ".join(f"“{excerpt(block)}”" for block in change["value"].get("blocks") or ())
        }
    if page is None:
        return _("A module is gone. %(lost)s") % {"lost": lost}
    return _("“%(module)s” isn't part of the course now. %(lost)s") % {"module": page.title, "lost": lost}


def _of_addition(change, page, audiences):
    place = change["value"].get("place") or "end"
    names = [child.value.get("anchor") for child in page.body if child.block_type == "local"]
    fits = place in (*FIXED_PLACES, *names)
    asked = _asked(page)
    for block in change["value"].get("blocks") or ():
        known = {"words": excerpt(block), "module": page.title}
        if not fits:
            words = _("The place for “%(words)s” is no longer in “%(module)s”. Choose another one.")
            yield Misfit("place", block["id"], words % known)
        if block["id"] in asked or _question(block["type"], block["value"]) in asked:
            words = _("“%(module)s” asks this itself by now: “%(words)s”. Your staff are asked twice.")
            yield Misfit("repeat", block["id"], words % known)
        if gone := set(block["value"].get("shown_to") or ()) - audiences:
            words = _("“%(words)s” is for an audience that is gone: %(audiences)s. Perhaps nobody sees it.")
            yield Misfit("audience", block["id"], words % {**known, "audiences": ", ".join(sorted(gone))})


def _asked(page) -> set[str]:
    """What a module asks: the ids of its prompts, and their questions in small letters."""
    blocks = [block for block in every_block(page.body) if block.block_type in ASKING]
    questions = {_question(block.block_type, block.value) for block in blocks}
    return ({str(block.id) for block in blocks} | questions) - {""}


def _question(kind, value) -> str:
    text = value.get(ASKING.get(kind, ""), "")
    words = strip_tags(getattr(text, "source", text) or "")
    return " ".join(words.lower().split())


def excerpt(stored: dict, length: int = 60) -> str:
    """How a stored block begins, in plain words."""
    value = stored["value"]
    texts = [value[name] for name in _TEXTS if value.get(name)]
    words = " ".join(unescape(strip_tags(texts[0] if texts else "")).split())
    return words if len(words) <= length else f"{words[:length].rsplit(' ', 1)[0]}…"
