"""Positions in Wagtail's admin."""

import django_filters
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic

from roster import appointing
from roster.administering import forms
from roster.administering.base import RosterViewSet, SavedByVerb
from roster.models import Position, User


class AddPosition(SavedByVerb, generic.CreateView):
    """A new position."""

    def get_initial(self):
        """Begin with the person from whose page one comes."""
        asked = self.request.GET.get("person", "")
        person = User.objects.filter(pk=asked).first() if asked.isdecimal() else None
        return {**super().get_initial(), **({"person_email": person.email} if person else {})}

    def save_instance(self):
        """Appoint."""
        facts = {name: self.form.cleaned_data[name] for name in forms.PositionForm.Meta.fields}
        self.form.instance = appointing.appoint(
            person=self.form.instance.person, by=self.request.user, **facts
        )
        return self.form.instance


class EditPosition(SavedByVerb, generic.EditView):
    """A position; its last day ends it."""

    def save_instance(self):
        """Save what changed."""
        return appointing.revise(position=self.form.instance, by=self.request.user)


class PositionsIndex(generic.IndexView):
    """The list of positions."""

    def get_base_queryset(self):
        """Bring what the list shows."""
        return super().get_base_queryset().select_related("person", "building", "district")


class PositionsFilterSet(WagtailFilterSet):
    """Find positions."""

    current = django_filters.BooleanFilter(label=gettext_lazy("Held today"), method="is_held")

    class Meta:
        model = Position
        fields = ["role", "building", "district"]

    def is_held(self, positions, _name, held):
        """Keep those held today, or the others."""
        today = Position.objects.current().values("pk")
        return positions.filter(pk__in=today) if held else positions.exclude(pk__in=today)


class PositionViewSet(RosterViewSet):
    """Positions."""

    model = Position
    name = "positions"
    icon = "group"
    index_view_class = PositionsIndex
    add_view_class = AddPosition
    edit_view_class = EditPosition
    list_display = [
        "person",
        Column("role", label=gettext_lazy("Role"), accessor="get_role_display", sort_key="role"),
        Column("title", label=gettext_lazy("Title"), sort_key="title"),
        Column(
            "place",
            label=gettext_lazy("Place"),
            accessor=lambda position: position.building or position.district or "PSESD",
        ),
        Column("starts_on", label=gettext_lazy("From"), sort_key="starts_on"),
        Column("ends_on", label=gettext_lazy("To"), sort_key="ends_on"),
    ]
    search_fields = ["person__first_name", "person__last_name", "person__email", "title", "building__name"]
    search_backend_name = None
    filterset_class = PositionsFilterSet
    ordering = ["person__last_name", "person__first_name", "pk"]

    def get_form_class(self, for_update=False):
        """Return the form."""
        return forms.PositionForm
