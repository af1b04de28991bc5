"""What a team and its coach do together: the protocol they follow, who they are, what they write."""

from engagements.models.answers import Agreement, Answer, AnswerVersion, EngagementFile, PrivateNote
from engagements.models.conversation import ActionItem, Comment
from engagements.models.engagements import Engagement, Member, StepDone
from engagements.models.meetings import AgendaItem, Attendance, Meeting
from engagements.models.offerings import Offering, Registration
from engagements.models.outcomes import FollowUp, Publication, Report
from engagements.models.protocols import Protocol, ProtocolVersion, Unchangeable
from engagements.models.requests import Capacity, ServiceRequest
from engagements.models.voices import GuestLink, Voice

__all__ = [
    "ActionItem",
    "AgendaItem",
    "Agreement",
    "Answer",
    "AnswerVersion",
    "Attendance",
    "Capacity",
    "Comment",
    "Engagement",
    "EngagementFile",
    "FollowUp",
    "GuestLink",
    "Meeting",
    "Member",
    "Offering",
    "PrivateNote",
    "Protocol",
    "ProtocolVersion",
    "Publication",
    "Registration",
    "Report",
    "ServiceRequest",
    "StepDone",
    "Unchangeable",
    "Voice",
]
