"""Changing: what readers could get of a page, edition or audience, and for whom a publish changed it."""

from uuid import UUID

from django.db import transaction

from cms import tailoring
from cms.blocks.walking import every_block
from cms.comparing import MOVED, SAME, compare, stored_words
from cms.models import Audience, ContentChange, CoursePage, Edition, ModulePage
from cms.reckoning import Readers, foretell, reckon, remade

_TEAMWORK = ("team_service", "team_words")
#: What readers get of each kind of thing: these fields, and streams in their stored form.
READ = {
    CoursePage: ("title", "summary", "for_whom", "why", "outcomes", "audiences", *_TEAMWORK),
    ModulePage: ("title", "summary", "minutes", "objectives", "required", "audiences", "body", *_TEAMWORK),
    Edition: ("building_id", "district_id", "welcome", "goal", "credit", "changes"),
    Audience: ("slug", "name", "include", "exclude"),
}
_STREAMS = {"outcomes", "objectives", "body", "changes"}
_CONTAINERS = ("variants", "local")


def state_of(subject) -> dict | None:
    """What readers can get of ``subject`` today, in its stored form; None while it isn't published."""
    if not getattr(subject, "live", True):
        return None
    state = {name: getattr(subject, name) for name in READ[type(subject)]}
    for name in _STREAMS & state.keys():
        state[name] = state[name].get_prep_value()
    return {**state, "pk": subject.pk}


def work_out(pk: int) -> ContentChange | None:
    """Work out for whom the change ``pk`` mattered, and keep that; once it is known it stays."""
    with transaction.atomic():
        change = ContentChange.objects.select_for_update().filter(pk=pk).first()
        if change is not None and change.effect is None:
            change.effect = _effect_of(change)
            change.save(update_fields=["effect"])
    return change


def _effect_of(change: ContentChange) -> dict:
    groups = [] if language_of(change) else _GROUPS[change.kind](change)
    return {
        "fields": _other_fields(change),
        "lines": _lines(change),
        "groups": [group.stored() for group in groups],
    }


def key_of(change: ContentChange) -> UUID:
    """The key of the page that a change is of."""
    return UUID(change.subject.partition(":")[0])


def language_of(change: ContentChange) -> str:
    """The language of the translation that a change is of; empty for what every reader gets.

    A translation changes words only, and only for who reads in its language, whatever their place is.
    """
    of_a_page = change.kind in (ContentChange.Kind.COURSE, ContentChange.Kind.MODULE)
    return change.subject.partition(":")[2] if of_a_page else ""


def _other_fields(change) -> list[str]:
    """The names of the fields that say something else, streams apart."""
    before, after = change.before or {}, change.after or {}
    names = (before.keys() | after.keys()) - {"pk", "body", "changes"}
    return sorted(name for name in names if (before.get(name) or "") != (after.get(name) or ""))


# --- which blocks -------------------------------------------------------------------------------------


class _Written:
    """A block as it was written, whoever it is shown to."""

    def __init__(self, child):
        self.id, self.child = str(child.id), child

    @property
    def words(self) -> str:
        """What is read in it; of a container only who gets which part, for its parts count by themselves."""
        if self.child.block_type in _CONTAINERS:
            options = self.child.value.get("options") or ()
            return repr([option.get("audiences") for option in options])
        return stored_words(self.child) + repr(self.child.value.get("shown_to"))

    @property
    def label(self) -> str:
        """What kind of block it is, and how it begins."""
        words = " ".join(self.child.block.get_searchable_content(self.child.value))
        return f"{self.child.block.label}: {words[:80]}".rstrip(": ")


def _lines(change) -> list[dict]:
    """The blocks of a module that were added, removed, changed or moved."""
    if change.kind != ContentChange.Kind.MODULE:
        return []
    before, after = (
        [_Written(child) for child in every_block(_module(change, state).body)] if state else []
        for state in (change.before, change.after)
    )
    found = compare(before, after, left_words=_words, right_words=_words)
    lines = []
    for line in found:
        if line.kind == SAME or (line.kind == MOVED and line.right is None):
            continue
        block = line.right or line.left
        lines.append({"kind": line.kind, "id": block.id, "label": block.label})
        if line.kind == "replaced":
            lines[-1]["instead"] = line.left.label
    return lines


def _words(written):
    return written.words


# --- for whom -----------------------------------------------------------------------------------------


def _for_module(change):
    course = _course(change)
    if course is None:
        return []
    loaded, key = tailoring.load(course), key_of(change)
    others = [module for module in loaded.modules if module.translation_key != key]
    before, after = (
        remade(loaded, modules=[*others, _module(change, state)] if state else others)
        for state in (change.before, change.after)
    )
    return reckon(before, after, readers=Readers(), keys=[key])


def _for_edition(change):
    course = _course(change)
    if course is None:
        return []
    loaded, state = tailoring.load(course), change.after or change.before
    place = state["building_id"], state["district_id"]
    others = [row for row in loaded.editions if (row.building_id, row.district_id) != place]
    editions = [_edition(change, each) if each else None for each in (change.before, change.after)]
    before, after = (remade(loaded, editions=[*others, row] if row else others) for row in editions)
    keys = [module.translation_key for module in loaded.modules]
    readers = Readers()
    among = {
        key: standpoint
        for key, standpoint in readers.standpoints.items()
        if _is_at(standpoint.primary, place)
    }
    return reckon(before, after, readers=readers, keys=keys, among=among)


def _for_course(change):
    course = _course(change)
    if course is None or change.before is None or change.after is None:
        return []
    loaded = tailoring.load(course, bodies=False)
    before, after = (
        remade(
            loaded,
            course=CoursePage(
                title=state["title"], translation_key=change.course_key, audiences=state["audiences"]
            ),
        )
        for state in (change.before, change.after)
    )
    return reckon(before, after, readers=Readers(), keys=[])


def _for_audience(change):
    if change.before is None or change.after is None:
        return []
    before, after = (
        Audience(slug=state["slug"], include=state["include"], exclude=state["exclude"])
        for state in (change.before, change.after)
    )
    return foretell(before, after)


_GROUPS = {
    ContentChange.Kind.COURSE: _for_course,
    ContentChange.Kind.MODULE: _for_module,
    ContentChange.Kind.EDITION: _for_edition,
    ContentChange.Kind.AUDIENCE: _for_audience,
}


def _is_at(place, owner) -> bool:
    building, district = owner
    return place.building_id == building if building else place.district_id == district


def _course(change) -> CoursePage | None:
    """The course's page of whose modules the change is; the original where it isn't a module's."""
    pages = CoursePage.objects.filter(translation_key=change.course_key).order_by("pk")
    pk = (change.after or change.before)["pk"]
    paths = ModulePage.objects.filter(pk=pk).values_list("path", flat=True)
    if change.kind == ContentChange.Kind.MODULE and (path := paths.first()):
        pages = pages.filter(path=path[: -ModulePage.steplen])
    return pages.first()


def _module(change, state) -> ModulePage:
    module = ModulePage(pk=state["pk"], title=state["title"], translation_key=key_of(change))
    module.required, module.audiences = state["required"], state["audiences"]
    stream = ModulePage._meta.get_field("body")
    module.body = stream.stream_block.to_python(state["body"])
    return module


def _edition(change, state) -> Edition:
    owner = {"building_id": state["building_id"], "district_id": state["district_id"]}
    stream = Edition._meta.get_field("changes").stream_block
    return Edition(course_key=change.course_key, **owner, changes=stream.to_python(state["changes"]))
