"""Shelving: a course with all that tailors it, taken from memory while nothing of it has changed.

One query asks the database for the versions of all rows that make up what a reader gets: the course and its
modules, the live editions of the reader's places, the audiences. The course in memory is named by just these
versions (:mod:`cms.keeping`), so one that is out of date can't be found: not after a publish, an edition, a
change of an audience or a move to another building, and not by another process either. Two buildings without
editions of their own share what is kept.

A version is a digest of the whole row, but for what drafts alone change (:data:`OF_DRAFTS`). So it holds the
live revision, and it changes as well when something is saved in any other way.
"""

import copy
import functools
from collections import defaultdict
from dataclasses import dataclass

from django.db import connection
from django.utils.translation import get_language
from wagtail.blocks import StreamValue

from cms import tailoring
from cms.keeping import Kept
from cms.models import Audience, CoursePage, Edition, ModulePage
from cms.standpoints import Standpoint, standpoint_from
from cms.tailoring import Tailoring
from roster.models import Building, District, FocusArea, TaggedFocusArea
from roster.standing import Standing

#: Columns that saving a draft changes, and no reader sees.
OF_DRAFTS = frozenset(
    {
        "draft_title",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "locked",
        "locked_at",
        "locked_by",
    }
)
#: Courses kept in one process, each in the shapes that its editions give it.
_kept: Kept[Tailoring | None] = Kept(most=200)


@dataclass(frozen=True)
class Shelf:
    """A course as it is now, and where its reader stands. ``tailoring`` is None while it isn't published."""

    tailoring: Tailoring | None
    standpoint: Standpoint


def shelf_for(course_key, standing: Standing) -> Shelf:
    """The course of that key for who stands there. One query while nothing has changed, at most five more."""
    versions, focus_areas = _ask(course_key, standing)
    standpoint = standpoint_from(standing, focus_areas)
    name = (course_key, get_language(), versions)
    kept = _kept.get(name, lambda: _load(course_key, standpoint))
    return Shelf(kept and _afresh(kept), standpoint)


def _load(course_key, standpoint) -> Tailoring | None:
    course = tailoring.course_of(course_key)
    return tailoring.load(course, standpoint) if course else None


def _afresh(kept: Tailoring) -> Tailoring:
    """The same course in pages of its reader's own, since they hold what they fetch of the library."""
    again = copy.copy(kept)
    again.course = copy.copy(kept.course)
    again.modules = [_unread(module) for module in kept.modules]
    return again


def _unread(module: ModulePage) -> ModulePage:
    again, body = copy.copy(module), module.body
    again.body = StreamValue(body.stream_block, list(body.raw_data), is_lazy=True)
    return again


def _ask(course_key, standing: Standing) -> tuple[frozenset, dict]:
    """The versions of the rows, and the focus areas of the reader's places."""
    buildings = sorted({position.building_id for position in standing.positions} - {None})
    districts = sorted({_district_id(position) for position in standing.positions} - {None})
    key = Edition._meta.get_field("course_key").get_db_prep_value(course_key, connection)
    sql = _sql(connection.vendor, len(buildings), len(districts))
    values = [key, key, key, *buildings, *districts, *buildings, *districts]
    versions, focus_areas = set(), defaultdict(frozenset)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        for kind, pk, said in cursor.fetchall():
            if kind in _TAGGED:
                focus_areas[_TAGGED[kind], pk] |= {said}
            else:
                versions.add((kind, pk, said))
    return frozenset(versions), focus_areas


def _district_id(position) -> int | None:
    return position.building.district_id if position.building else position.district_id


_TAGGED = {"building": Building, "district": District}


@functools.lru_cache
def _sql(vendor: str, buildings: int, districts: int) -> str:
    """The one query: kind, primary key, and digest or focus area. Values: the key thrice, places twice.

    Written out, and once in a process: composing it anew by the ORM takes longer than running it.
    """
    page = CoursePage._meta.get_parent_list()[0]._meta.db_table
    names = {
        "page": page,
        "course": CoursePage._meta.db_table,
        "module": ModulePage._meta.db_table,
        "edition": Edition._meta.db_table,
        "audience": Audience._meta.db_table,
        "tagged": TaggedFocusArea._meta.db_table,
        "tag": FocusArea._meta.db_table,
        "of_course": _digest(CoursePage, {page: "p", CoursePage._meta.db_table: "c"}),
        "of_module": _digest(ModulePage, {page: "p", ModulePage._meta.db_table: "m"}),
        "of_edition": _digest(Edition, {Edition._meta.db_table: "e"}),
        "of_audience": _digest(Audience, {Audience._meta.db_table: "a"}),
        "buildings": ", ".join(["%s"] * buildings) or "NULL",
        "districts": ", ".join(["%s"] * districts) or "NULL",
    }
    return _QUERY.format(**names)


# A module's path is its course's with one more step of four characters (treebeard's steplen).
_QUERY = """
SELECT 'course', p.id, {of_course} FROM {course} c JOIN {page} p ON p.id = c.page_ptr_id
 WHERE p.translation_key = %s AND p.live
UNION ALL
SELECT 'module', p.id, {of_module} FROM {module} m JOIN {page} p ON p.id = m.page_ptr_id
 WHERE p.live AND substr(p.path, 1, length(p.path) - 4) IN
       (SELECT path FROM {page} WHERE translation_key = %s AND live)
UNION ALL
SELECT 'edition', e.id, {of_edition} FROM {edition} e
 WHERE e.live AND e.course_key = %s AND (e.building_id IN ({buildings}) OR e.district_id IN ({districts}))
UNION ALL
SELECT 'audience', a.id, {of_audience} FROM {audience} a
UNION ALL
SELECT k.model, t.object_id, f.slug FROM {tagged} t
  JOIN django_content_type k ON k.id = t.content_type_id AND k.app_label = 'roster'
  JOIN {tag} f ON f.id = t.tag_id
 WHERE (k.model = 'building' AND t.object_id IN ({buildings}))
    OR (k.model = 'district' AND t.object_id IN ({districts}))
"""


def _digest(model, tables: dict[str, str]) -> str:
    """SQL for a digest of all columns of ``model`` that readers could see anything of."""
    quoted = connection.ops.quote_name
    columns = [
        f"COALESCE(CAST({tables[field.model._meta.db_table]}.{quoted(field.column)} AS text), '')"
        for field in model._meta.concrete_fields
        if field.name not in OF_DRAFTS
    ]
    # Between two columns stands a character that no form lets through: text can't move from one to another.
    return "MD5(" + " || '\x1f' || ".join(columns) + ")"
