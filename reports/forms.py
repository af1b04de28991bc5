"""What can be asked of a report's list."""

from django import forms
from django.utils.translation import gettext_lazy as _

from roster.models import Position


class StaffForm(forms.Form):
    """Which of a building's staff to list, and in which order. What makes no sense is left out."""

    q = forms.CharField(
        label=_("Find a person"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    role = forms.ChoiceField(label=_("Role"), required=False)
    course = forms.ChoiceField(label=_("Course"), required=False)
    order = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[("", _("By name")), ("overdue", _("Overdue first")), ("seen", _("Last seen first"))],
    )

    def __init__(self, asked, *, roles, courses):
        super().__init__(asked)
        labels = dict(Position.Role.choices)
        self.fields["role"].choices = [("", _("All roles"))] + [
            (role, labels[role]) for role in sorted(roles)
        ]
        self.fields["course"].choices = [("", _("All courses"))] + [
            (str(course.key), course.title) for course in courses
        ]

    @property
    def wishes(self) -> dict:
        """``q``, ``role``, ``course`` and ``order``, each valid or empty."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}


class SearchForm(forms.Form):
    """A part of a building's name."""

    q = forms.CharField(
        label=_("Find a building"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search"}),
    )

    @property
    def sought(self) -> str:
        """What was typed, or nothing."""
        return self.cleaned_data.get("q", "") if self.is_valid() else ""
