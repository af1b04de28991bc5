"""Profile parts: what apps above this one add to a person's profile page, saved with the rest of it."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms


@dataclass(frozen=True)
class ProfilePart:
    """A form on the profile page.

    ``form`` is called with the posted values (or None), ``person=`` and ``prefix=``, and has ``save()``.
    """

    name: str
    title: str
    form: Callable[..., forms.Form]


_parts: dict[str, ProfilePart] = {}


def register(part: ProfilePart) -> None:
    """Add a part; one of the same name is replaced."""
    _parts[part.name] = part


def all_parts() -> list[ProfilePart]:
    """Return the parts, in the order in which they came."""
    return list(_parts.values())
