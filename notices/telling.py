"""Telling: people hear of a thing once, in their language. The row is the truth; an email may follow it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Count, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone, translation

from notices import tasks
from notices.models import Notice, Preference

User = get_user_model()
TITLE_LENGTH = Notice._meta.get_field("title").max_length


def tell_each(
    *,
    people: Iterable[User],
    kind: str,
    key: str,
    title,
    body="",
    url: str = "",
    names: Mapping[str, object] | None = None,
) -> None:
    """Tell people something, each in their own language; who was told of the same ``key`` hears nothing.

    A few queries for each language, not for each person. An email follows after the commit, to all but those
    who asked for none of this kind.

    Args:
        kind: one of ``notices.models.Kind``.
        key: what it is about, unique for a person: "assigned:17", "due:17:2027-03-01".
        title, body: plain text, escaped wherever it is shown: lazy sentences (``gettext_lazy``), with
            ``%(…)s`` where one of ``names`` stands.
        url: the path on this site where they can do something about it.
        names: what stands there. What reads differently in each language (a day, a service) is lazy too.
    """
    by_language = defaultdict(list)
    for person in people:
        by_language[person.language].append(person)
    for language, group in by_language.items():
        with translation.override(language):
            words = {name: str(said) for name, said in (names or {}).items()}
            said_title, said_body = (str(text) % words if words else str(text) for text in (title, body))
            _tell_alike(group, kind=kind, key=key, title=said_title, body=said_body, url=url)


def unread_count(user) -> int:
    """Count what ``user`` has not read: one query, or none where a page asked :func:`unread_beside`."""
    if not user.is_authenticated:
        return 0
    counted = getattr(user, "_unread_count", None)
    return Notice.objects.filter(person_id=user.pk, read_at=None).count() if counted is None else counted


def unread_beside(row: QuerySet, user):
    """Get the one row of ``row`` and, in the same query, what :func:`unread_count` says of ``user``.

    For the pages that are opened most, whose header would cost a query more. A notice that this very request
    sends is counted from the next one on.

    Raises:
        DoesNotExist: there is no such row.
    """
    found = _with_unread(row, user).get()
    user._unread_count = found.unread_notices
    return found


def all_beside_unread(rows: QuerySet, user) -> list:
    """Get all of ``rows`` and, in the same query where there are any, what :func:`unread_count` says."""
    found = list(_with_unread(rows, user))
    if found:
        user._unread_count = found[0].unread_notices
    return found


def _with_unread(rows: QuerySet, user) -> QuerySet:
    unread = Notice.objects.filter(person_id=user.pk, read_at=None).order_by().values("person")
    count = Subquery(unread.annotate(count=Count("pk")).values("count"))
    return rows.annotate(unread_notices=Coalesce(count, 0))


def _tell_alike(people: list[User], *, kind: str, key: str, title: str, body: str, url: str) -> None:
    people_ids = {person.pk for person in people}
    silent = set(
        Preference.objects.filter(kind=kind, by_email=False).values_list("person_id", flat=True)
    ).intersection(people_ids)
    now = timezone.now()
    with transaction.atomic():
        Notice.objects.bulk_create(
            [
                Notice(
                    person_id=pk,
                    kind=kind,
                    key=key,
                    title=title[:TITLE_LENGTH],
                    body=body,
                    url=url,
                    told_at=now,
                    email_wanted=pk not in silent,
                )
                for pk in sorted(people_ids)
            ],
            ignore_conflicts=True,
            batch_size=1000,
        )
        tasks.send_waiting.delay_on_commit()
