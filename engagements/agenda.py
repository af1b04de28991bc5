"""Agenda: the points of a meeting in their order, each with its minutes and what a facilitator says."""

from django.db import transaction

from engagements import minuting
from engagements.models import AgendaItem, Meeting


class HasNotes(Exception):
    """Words of the team stand at this point: it can't go, and they with it."""


def add(*, meeting: Meeting, title: str, minutes_long: int, say: str = "") -> AgendaItem:
    """Put a point at the end."""
    with transaction.atomic():
        _alone(meeting)
        last = meeting.agenda.order_by("-order").values_list("order", flat=True).first() or 0
        return AgendaItem.objects.create(
            meeting=meeting, order=last + 1, title=title, minutes_long=minutes_long, say=say
        )


def rewrite(*, item: AgendaItem, title: str, minutes_long: int, say: str = "") -> AgendaItem:
    """Give a point other words or minutes."""
    item.title, item.minutes_long, item.say = title, minutes_long, say
    item.save(update_fields=["title", "minutes_long", "say"])
    return item


def remove(item: AgendaItem) -> None:
    """Take a point off; the others keep their order.

    Raises:
        HasNotes: something was noted there.
    """
    with transaction.atomic():
        _alone(item.meeting)
        if minuting.has_notes(item):
            raise HasNotes(item)
        item.delete()


def move(item: AgendaItem, *, earlier: bool) -> None:
    """Change places with the point before it, or after it; at an end nothing happens."""
    with transaction.atomic():
        _alone(item.meeting)
        item.refresh_from_db(fields=["order"])
        others = item.meeting.agenda
        if earlier:
            other = others.filter(order__lt=item.order).order_by("-order").first()
        else:
            other = others.filter(order__gt=item.order).order_by("order").first()
        if other is None:
            return
        mine, theirs = item.order, other.order
        # A place is held once: the point steps aside while the other one takes its place.
        aside = others.order_by("-order").values_list("order", flat=True).first() + 1
        for moved, order in ((item, aside), (other, mine), (item, theirs)):
            moved.order = order
            moved.save(update_fields=["order"])


def minutes_of(items: list[AgendaItem]) -> int:
    """How long the points take together."""
    return sum(item.minutes_long for item in items)


def _alone(meeting: Meeting) -> None:
    """Let nobody else change the order until this change is whole."""
    Meeting.objects.select_for_update().get(pk=meeting.pk)
