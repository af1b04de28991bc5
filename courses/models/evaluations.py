"""Evaluations of a course. Answers are stored without the person who gave them (design section 7)."""

from django.db import models
from django.utils import timezone

from courses.models.enrollments import Enrollment


class EvaluationReceipt(models.Model):
    """The fact that a person sent their evaluation. Holds no answer, and no answer points here."""

    enrollment = models.OneToOneField(Enrollment, related_name="evaluation", on_delete=models.CASCADE)
    sent_on = models.DateField(default=timezone.localdate)


class EvaluationAnswers(models.Model):
    """One sheet of answers. No person, no enrollment, no time of day: only course, place and month.

    ``answers`` maps the question's name to its answer. The primary key is random, so that the order of
    rows doesn't tell who came after whom.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    course_key = models.UUIDField(db_index=True)
    building = models.ForeignKey("roster.Building", related_name="+", null=True, on_delete=models.SET_NULL)
    district = models.ForeignKey("roster.District", related_name="+", null=True, on_delete=models.SET_NULL)
    month = models.DateField()
    answers = models.JSONField()

    class Meta:
        ordering = ["pk"]
