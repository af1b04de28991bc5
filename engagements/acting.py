"""Acting: what members take on, by when, how it went; and that they hear of it in time.

An item is told and dated without its words: they are sealed in the database, and a notice goes out by email
and a calendar to other companies (decision 0046).
"""

import datetime
from collections.abc import Iterator

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engagements.models import ActionItem, Engagement, Meeting, Member
from engagements.protocols import Prompt
from notices.calendars import Date
from notices.models import Kind
from notices.telling import tell_each
from roster.models import User

#: How long after its day an item is still told of, when the night's task was down.
LOOK_BACK = datetime.timedelta(days=7)


class CannotOwn(Exception):
    """The member isn't of this team, has left it, or comes as a guest."""


def take_on(
    *,
    by: Member,
    owner: Member,
    what: str,
    due_on: datetime.date | None = None,
    prompt: Prompt | None = None,
    meeting: Meeting | None = None,
) -> ActionItem:
    """Write down what ``owner`` takes on, and tell them, where somebody else wrote it.

    Raises:
        CannotOwn: ``owner`` doesn't work in this team.
    """
    _must_work_here(owner, by.engagement_id)
    with transaction.atomic():
        item = ActionItem.objects.create(
            engagement_id=by.engagement_id,
            prompt_id=prompt.id if prompt else "",
            meeting=meeting,
            what=what,
            owner=owner,
            due_on=due_on,
            made_by=by,
        )
        _tell_owner(item, by)
    return item


def change(*, item: ActionItem, by: Member, owner: Member, what: str, due_on: datetime.date | None) -> None:
    """Put it in other words, give it another day, or give it to somebody else, who is told.

    Raises:
        CannotOwn: ``owner`` doesn't work in this team.
    """
    _must_work_here(owner, item.engagement_id)
    with transaction.atomic():
        item.owner, item.what, item.due_on = owner, what, due_on
        item.save(update_fields=["owner", "what", "due_on"])
        if item.is_open:
            _tell_owner(item, by)


def settle(*, item: ActionItem, outcome: str, how_it_went: str | None = None) -> None:
    """Say that it is "done", "dropped" or "open" again; the day of the first time stays.

    ``how_it_went`` None leaves what was said. After the end of an engagement too: an item outlives it.
    """
    now = timezone.now()
    item.done_at = (item.done_at or now) if outcome == "done" else None
    item.dropped_at = (item.dropped_at or now) if outcome == "dropped" else None
    if how_it_went is not None:
        item.how_it_went = how_it_went
    item.save(update_fields=["done_at", "dropped_at", "how_it_went"])


def owners_in(engagement: Engagement) -> QuerySet[Member]:
    """Return who can take something on: those who work in it now."""
    return engagement.members.present().filter(role__in=Member.WORKS).select_related("person")


def items_of(engagement: Engagement) -> list[ActionItem]:
    """Return all items with their owners: open ones first, by their day, without a day last."""
    rows = list(engagement.action_items.select_related("owner__person"))
    return sorted(rows, key=_order)


def remind() -> None:
    """Tell owners what is due tomorrow and what is past its day, each once. Safe to run twice."""
    today = timezone.localdate()
    tomorrow = today + datetime.timedelta(days=1)
    rows = _open_items().filter(due_on__range=(today - LOOK_BACK, tomorrow)).exclude(due_on=today)
    for item in rows.select_related("engagement", "owner__person").iterator(chunk_size=500):
        _remind(item, is_late=item.due_on < today)


def dates_of(person: User) -> Iterator[Date]:
    """Yield the days of what ``person`` has taken on. Of confidential work not even its name leaves here."""
    rows = _open_items().filter(owner__person=person, due_on__isnull=False).select_related("engagement")
    for item in rows:
        named = _("To do: %(title)s") % {"title": item.engagement.title}
        yield Date(
            uid=f"action-{item.pk}",
            title=_("Something you took on") if item.engagement.is_confidential else named,
            starts=item.due_on,
            words=_("You set this day for it, with your team."),
            url=reverse("engagements:action", args=[item.engagement_id, item.pk]),
        )


def _order(item: ActionItem) -> tuple:
    return not item.is_open, item.due_on or datetime.date.max, item.pk


def _open_items() -> QuerySet[ActionItem]:
    """Items that wait for somebody who can be told."""
    return ActionItem.objects.filter(
        done_at=None, dropped_at=None, owner__left_at=None, owner__person__is_active=True
    ).exclude(engagement__state=Engagement.State.STOPPED)


def _must_work_here(owner: Member, engagement_id: int) -> None:
    if owner.engagement_id != engagement_id or not owner.works:
        raise CannotOwn(owner)


def _tell_owner(item: ActionItem, by: Member) -> None:
    if item.owner.person_id is None or item.owner_id == by.pk:
        return
    body = gettext_lazy("%(name)s wrote it down for you. Open it to read what it is.")
    if item.due_on:
        body = gettext_lazy("%(name)s wrote it down for you, by %(day)s. Open it to read what it is.")
    _tell(item, "given", gettext_lazy("Something is yours to do in “%(title)s”"), body, name=by.called)


def _remind(item: ActionItem, *, is_late: bool) -> None:
    if is_late:
        title = gettext_lazy("In “%(title)s”: how did it go?")
        body = gettext_lazy("You took something on by %(day)s. Say how it went, or give it another day.")
    else:
        title = gettext_lazy("In “%(title)s”: due tomorrow")
        body = gettext_lazy("You took something on by the end of %(day)s.")
    _tell(item, f"{'late' if is_late else 'due'}:{item.due_on}", title, body)


def _tell(item: ActionItem, what: str, title, body, **names) -> None:
    day = lazy(date_format, str)(item.due_on) if item.due_on else ""
    tell_each(
        people=[item.owner.person],
        kind=Kind.ENGAGEMENT,
        key=f"action:{item.pk}:{what}",
        title=title,
        body=body,
        names={"title": item.engagement.title, "day": day, **names},
        url=reverse("engagements:action", args=[item.engagement_id, item.pk]),
    )
