"""Describing: what a building or district says of itself, which is what courses are tailored to."""

from collections.abc import Collection

from django.db import transaction

from roster import audit
from roster.models import Building, District, FocusArea, User
from roster.signals import places_changed

BUILDING_FACTS = ["district_id", "name", "slug", "level", "goal", "community_context", "languages"]
DISTRICT_FACTS = ["name", "slug", "city", "goal"]


def describe_building(*, building: Building, focus_areas: Collection[FocusArea], by: User | None) -> Building:
    """Save a new or edited building with its focus areas; nothing happens when nothing changed.

    Raises:
        ValidationError: a field is wrong, or the district has a building of this name.
    """
    with transaction.atomic():
        if _save(building, BUILDING_FACTS, focus_areas, by):
            places_changed.send(sender=Building, building_ids={building.pk}, district_ids=set())
    return building


def describe_district(*, district: District, focus_areas: Collection[FocusArea], by: User | None) -> District:
    """Save a new or edited district with its focus areas; nothing happens when nothing changed.

    Raises:
        ValidationError: a field is wrong, or there is a district of this name.
    """
    with transaction.atomic():
        if _save(district, DISTRICT_FACTS, focus_areas, by):
            places_changed.send(sender=District, building_ids=set(), district_ids={district.pk})
    return district


def name_focus_area(*, area: FocusArea, by: User | None) -> FocusArea:
    """Save a new or renamed focus area. Its slug stays for good: audiences and files know it by that.

    Raises:
        ValidationError: there is one of this name.
    """
    with transaction.atomic():
        action = "renamed focus area" if area.pk else "added focus area"
        area.save()
        audit.record(actor=by, action=action, subject=area, details={"name": area.name})
    return area


def _save(place, names, focus_areas, by) -> dict:
    is_new = place.pk is None
    was = {} if is_new else _facts(type(place).objects.get(pk=place.pk), names)
    now = {**_facts(place, names, known=False), "focus_areas": sorted(area.slug for area in focus_areas)}
    changed = {
        name: now[name] if is_new else [was[name], now[name]] for name in now if now[name] != was.get(name)
    }
    if changed:
        place.full_clean(exclude=["focus_areas"])
        place.save()
        place.focus_areas.set(list(focus_areas))
        action = f"{'added' if is_new else 'changed'} {place._meta.model_name}"
        audit.record(actor=by, action=action, subject=place, details=changed)
    return changed


def _facts(place, names, *, known=True) -> dict:
    facts = {name: getattr(place, name) for name in names}
    if known:
        facts["focus_areas"] = sorted(place.focus_areas.values_list("slug", flat=True))
    return facts
