"""Clock hours of a team's meetings: the course with a coach that they count for, and who is registered."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from courses.models import Enrollment
from engagements.models.engagements import Engagement


class Offering(models.Model):
    """The fact that an engagement's meetings count for a course with a coach, said by an administrator.

    The course holds what an offering must have beforehand: approval, objectives, standards, hours. It is
    named by its key, as everywhere; ``course_title`` is its title as it was when it was chosen.
    """

    engagement = models.OneToOneField(Engagement, related_name="offering", on_delete=models.CASCADE)
    course_key = models.UUIDField(default=uuid.uuid4)
    course_title = models.CharField(max_length=255)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, related_name="+", on_delete=models.PROTECT)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return f"{self.engagement}: {self.course_title}"


class Registration(models.Model):
    """The fact that somebody of the team is enrolled in the offering's course for the team's meetings.

    An enrollment belongs to one team at most: the meetings of two are never added up in one certificate.
    """

    offering = models.ForeignKey(Offering, related_name="registrations", on_delete=models.CASCADE)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, related_name="+", on_delete=models.PROTECT)
    enrollment = models.OneToOneField(Enrollment, related_name="registration", on_delete=models.PROTECT)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["offering", "person"], name="registered_once_an_offering"),
        ]

    def __str__(self):
        return f"{self.person}: {self.offering}"
