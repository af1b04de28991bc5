"""Meetings of a team: agenda, who came. What is written down of one are answers (decision 0052)."""

import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagements.models.engagements import Engagement, Member


class Meeting(models.Model):
    """One meeting. Its agenda may come from a step of the protocol; attendance counts once it was held."""

    engagement = models.ForeignKey(Engagement, related_name="meetings", on_delete=models.CASCADE)
    title = models.CharField(_("title"), max_length=200)
    step_id = models.CharField(max_length=36, blank=True)
    starts_at = models.DateTimeField(_("starts"))
    minutes_long = models.PositiveSmallIntegerField(_("minutes"), default=60)
    place = models.CharField(_("where"), max_length=300, blank=True)
    called_by = models.ForeignKey(Member, related_name="+", on_delete=models.PROTECT)
    called_at = models.DateTimeField(default=timezone.now)
    held_at = models.DateTimeField(null=True, blank=True)
    called_off_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes_long__gte=5, minutes_long__lte=720), name="meeting_has_a_length"
            ),
            models.CheckConstraint(
                condition=Q(held_at=None) | Q(called_off_at=None), name="meeting_is_not_held_and_called_off"
            ),
        ]
        indexes = [
            models.Index(
                fields=["starts_at"], condition=Q(held_at=None, called_off_at=None), name="meeting_to_come"
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def ends_at(self) -> datetime.datetime:
        """When it is over, as planned."""
        return self.starts_at + datetime.timedelta(minutes=self.minutes_long)

    @property
    def is_over(self) -> bool:
        """Is its time past, and has nobody said whether it was held?"""
        return not self.held_at and not self.called_off_at and self.ends_at < timezone.now()

    @property
    def is_to_come(self) -> bool:
        """Is it planned, and its time not past?"""
        return not self.held_at and not self.called_off_at and not self.is_over


class AgendaItem(models.Model):
    """One point of an agenda, with its time."""

    meeting = models.ForeignKey(Meeting, related_name="agenda", on_delete=models.CASCADE)
    order = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=200)
    minutes_long = models.PositiveSmallIntegerField(_("minutes"), default=10)
    say = models.TextField(_("what the facilitator says"), blank=True)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "order"], name="agenda_item_has_its_place"),
        ]

    def __str__(self):
        return self.title


class Attendance(models.Model):
    """Whether a member came to a meeting, and for how long: what clock hours are given by."""

    meeting = models.ForeignKey(Meeting, related_name="attendance", on_delete=models.CASCADE)
    member = models.ForeignKey(Member, related_name="attendance", on_delete=models.PROTECT)
    was_there = models.BooleanField(default=True)
    minutes_there = models.PositiveSmallIntegerField(default=0)
    noted_by = models.ForeignKey(Member, related_name="+", on_delete=models.PROTECT)
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="attendance_once_a_meeting"),
            models.CheckConstraint(
                condition=Q(was_there=True) | Q(minutes_there=0), name="attendance_of_the_absent_is_none"
            ),
        ]
