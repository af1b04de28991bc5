"""Foretelling: what a new rule of an audience would change, to be confirmed before it is kept."""

import json
from dataclasses import dataclass
from hashlib import sha256

from cms.admin.telling_effects import told
from cms.reckoning import foretell


@dataclass(frozen=True)
class Foretold:
    """Whom a rule touches; ``digest`` stands for that rule, so that only what was read can be confirmed."""

    groups: tuple[dict, ...]
    digest: str

    @classmethod
    def of(cls, before, after) -> "Foretold":
        """What changing an audience from ``before`` to ``after`` does."""
        rule = json.dumps([before.include, before.exclude, after.include, after.exclude], sort_keys=True)
        groups = tuple(group.stored() for group in foretell(before, after))
        return cls(groups, sha256(rule.encode()).hexdigest()[:16])

    @property
    def touches_people(self) -> bool:
        """Is anybody under way where it matters?"""
        return any(place["people"] for group in self.groups for place in group["places"])

    def told(self) -> dict:
        """The groups in words, and the sum."""
        return told(self.groups)
