"""Reading: a person's own notices, and that they have seen them."""

from django.contrib.auth import get_user_model
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.utils import timezone

from notices.models import Notice

User = get_user_model()


def notices_of(person: User) -> QuerySet[Notice]:
    """Return the person's notices, what is unread first, then the newest."""
    is_unread = ExpressionWrapper(Q(read_at=None), output_field=BooleanField())
    return (
        Notice.objects.filter(person=person)
        .annotate(is_unread=is_unread)
        .order_by("-is_unread", "-told_at", "-pk")
    )


def mark_read(*, person: User, pk: int | None = None) -> int:
    """Mark one notice of ``person`` read, or all of them; return how many were unread."""
    unread = Notice.objects.filter(person=person, read_at=None)
    if pk is not None:
        unread = unread.filter(pk=pk)
    return unread.update(read_at=timezone.now())
