"""What a team and its coach do together: the protocol they follow, who they are, what they write."""

from engagements.models.protocols import Protocol, ProtocolVersion, Unchangeable

__all__ = ["Protocol", "ProtocolVersion", "Unchangeable"]
