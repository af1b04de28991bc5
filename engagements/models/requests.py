"""How an engagement begins: a building or district asks, PSESD answers."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.models.pages import SERVICES
from roster.models import LANGUAGES

#: A row belongs to a building or to a whole district, never to both or to neither.
ONE_PLACE = Q(building__isnull=False, district=None) | Q(building=None, district__isnull=False)


class ServiceRequest(models.Model):
    """A building's or district's wish for a service, in its own words, and what became of it.

    ``coach`` is whom PSESD has in mind while it looks at the request; the engagement's members say who
    coaches in the end. The engagement points here, so a request that was answered otherwise carries nothing.

    ``is_confidential`` as its work would be: then it is between who asked and PSESD, and the place's other
    leaders don't learn of it (decision 0041). It is copied when it is asked, because scopes are querysets.
    """

    class State(models.TextChoices):
        SENT = "sent", _("Sent")
        LOOKED_AT = "looked-at", _("Being looked at")
        AGREED = "agreed", _("Agreed")
        DECLINED = "declined", _("Not now")
        TAKEN_BACK = "taken-back", _("Taken back")

    WAITING = [State.SENT, State.LOOKED_AT]

    service = models.CharField(_("service"), max_length=40, choices=SERVICES)
    building = models.ForeignKey(
        "roster.Building", related_name="service_requests", null=True, blank=True, on_delete=models.PROTECT
    )
    district = models.ForeignKey(
        "roster.District", related_name="service_requests", null=True, blank=True, on_delete=models.PROTECT
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, related_name="service_requests", on_delete=models.PROTECT
    )
    asked_at = models.DateTimeField(default=timezone.now)
    # The title of the course after which it was asked, as it was called then; empty for any other beginning.
    after_course = models.CharField(_("after the course"), max_length=255, blank=True)
    needs = models.TextField(_("what you see and need"), max_length=4000)
    goals = models.TextField(_("what you want to reach"), max_length=4000, blank=True)
    who = models.TextField(_("who would take part"), max_length=1000, blank=True)
    wished_time = models.CharField(_("when it would suit you"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=8, choices=LANGUAGES, default="en")
    is_confidential = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.SENT)
    coach = models.ForeignKey(
        settings.AUTH_USER_MODEL, related_name="+", null=True, blank=True, on_delete=models.PROTECT
    )
    answer = models.TextField(_("answer"), max_length=4000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, related_name="+", null=True, blank=True, on_delete=models.PROTECT
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("service request")
        verbose_name_plural = _("service requests")
        constraints = [
            models.CheckConstraint(condition=ONE_PLACE, name="service_request_is_of_one_place"),
            models.CheckConstraint(
                condition=~Q(state__in=["agreed", "declined"])
                | Q(answered_by__isnull=False, answered_at__isnull=False),
                name="service_request_was_answered_by_somebody",
            ),
        ]
        indexes = [
            # PSESD's queue: the oldest that waits comes first.
            models.Index(
                fields=["asked_at"], condition=Q(state__in=["sent", "looked-at"]), name="request_waiting"
            ),
        ]

    def __str__(self):
        return f"{self.get_service_display()}, {self.place}"

    @property
    def waits(self) -> bool:
        """Does it wait for PSESD's answer?"""
        return self.state in self.WAITING

    @property
    def days_since(self) -> int:
        """How many whole days ago it was asked."""
        return (timezone.now() - self.asked_at).days

    @property
    def place(self):
        """The building or district that asks."""
        return self.building or self.district


class Capacity(models.Model):
    """How many engagements a coach can carry at once. No row: nobody has said."""

    coach = models.OneToOneField(
        settings.AUTH_USER_MODEL, related_name="engagement_capacity", on_delete=models.CASCADE
    )
    engagements = models.PositiveSmallIntegerField(_("engagements at once"), default=8)
    note = models.CharField(_("note"), max_length=300, blank=True)

    def __str__(self):
        return f"{self.coach}: {self.engagements}"
