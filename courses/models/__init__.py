"""What a person does with a course. Rows hang on the course's key and on names kept as they were."""

from courses.models.assignments import Assignment, Nudge, Reach
from courses.models.certificates import Certificate, ClockHourEntry, Participation, Revocation
from courses.models.discussions import Discussion, Post, PostRemoval, PostReport
from courses.models.enrollments import Enrollment, ModuleProgress, Withdrawal
from courses.models.evaluations import EvaluationAnswers, EvaluationReceipt
from courses.models.media import MediaPosition
from courses.models.notes import Note
from courses.models.responses import CheckAttempt, Commitment, Reflection, ReflectionVersion

__all__ = [
    "Assignment",
    "Certificate",
    "CheckAttempt",
    "ClockHourEntry",
    "Commitment",
    "Discussion",
    "Enrollment",
    "EvaluationAnswers",
    "EvaluationReceipt",
    "MediaPosition",
    "ModuleProgress",
    "Note",
    "Nudge",
    "Participation",
    "Post",
    "PostRemoval",
    "PostReport",
    "Reach",
    "Reflection",
    "ReflectionVersion",
    "Revocation",
    "Withdrawal",
]
