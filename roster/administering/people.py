"""People in Wagtail's admin."""

import django_filters
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button

from roster import invitations, registering
from roster.administering import forms, staff_imports
from roster.administering.base import RosterViewSet, SavedByVerb
from roster.models import Building, Position, User
from roster.permissions import people_policy


class AskPeoplePolicy:
    """A view that asks our policy about people, not Django's permissions."""

    permission_policy = people_policy


class PeopleIndex(AskPeoplePolicy, generic.IndexView):
    """The list of people."""

    page_title = gettext_lazy("People")

    def get_base_queryset(self):
        """Bring the positions, which the list shows."""
        return super().get_base_queryset().prefetch_related("positions__building", "positions__district")


class AddPerson(AskPeoplePolicy, SavedByVerb, generic.CreateView):
    """A new person."""

    def save_instance(self):
        """Register them."""
        return registering.register(person=self.form.instance, by=self.request.user)


class EditPerson(AskPeoplePolicy, SavedByVerb, generic.EditView):
    """A person's account."""

    @property
    def header_more_buttons(self):
        """Lead to the person's positions, and to an invitation while they have no password."""
        positions = reverse("positions:index")
        buttons = [
            Button(_("Positions"), url=f"{positions}?q={self.object.email}", icon_name="group", priority=10),
            Button(
                _("Add a position"),
                url=f"{reverse('positions:add')}?person={self.object.pk}",
                icon_name="plus",
                priority=20,
            ),
        ]
        if self.object.is_active and not self.object.has_usable_password():
            invitation = reverse("people:invite", args=[self.object.pk])
            buttons.append(Button(_("Send an invitation"), url=invitation, icon_name="mail", priority=30))
        return buttons

    def save_instance(self):
        """Save what changed."""
        registering.revise(person=self.form.instance, by=self.request.user)
        return self.form.instance


def current_positions(person: User) -> str:
    """Say where a person works, for a list."""
    return "; ".join(position.label for position in person.positions.all() if position.is_current) or "–"


class PeopleFilterSet(WagtailFilterSet):
    """Find people by what they do and where."""

    role = django_filters.ChoiceFilter(
        label=gettext_lazy("Role"), choices=Position.Role.choices, method="in_role"
    )
    building = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Building"), queryset=Building.objects.all(), method="in_building"
    )
    waiting = django_filters.BooleanFilter(label=gettext_lazy("Has no password yet"), method="is_waiting")

    class Meta:
        model = User
        fields = ["is_active", "language"]

    def in_role(self, people, _name, role):
        """Keep who holds the role today."""
        return people.filter(pk__in=Position.objects.current().filter(role=role).values("person"))

    def in_building(self, people, _name, building):
        """Keep who works in the building today."""
        return people.filter(pk__in=Position.objects.current().filter(building=building).values("person"))

    def is_waiting(self, people, _name, waiting):
        """Keep who can't sign in yet, or who can."""
        without = invitations.without_password().values("pk")
        return people.filter(pk__in=without) if waiting else people.exclude(pk__in=without)


class PeopleViewSet(RosterViewSet):
    """People."""

    model = User
    name = "people"
    icon = "user"
    menu_label = gettext_lazy("People")
    index_view_class = PeopleIndex
    add_view_class = AddPerson
    edit_view_class = EditPerson
    list_display = [
        TitleColumn("sorted_name", label=gettext_lazy("Name"), sort_key="last_name", url_name="people:edit"),
        Column("email", label=gettext_lazy("Email"), sort_key="email"),
        Column("positions", label=gettext_lazy("Positions"), accessor=current_positions),
        BooleanColumn("is_active", label=gettext_lazy("Open"), sort_key="is_active"),
        DateColumn("last_login", label=gettext_lazy("Last signed in"), sort_key="last_login"),
    ]
    search_fields = ["first_name", "last_name", "preferred_name", "email"]
    search_backend_name = None
    filterset_class = PeopleFilterSet
    ordering = ["last_name", "first_name", "pk"]

    @property
    def menu_item_class(self):
        """Show the menu's item to whom the page opens for."""

        class PeopleMenuItem(MenuItem):
            def is_shown(self, request):
                return people_policy.user_has_permission(request.user, "view")

        return PeopleMenuItem

    def get_form_class(self, for_update=False):
        """Return the form."""
        return forms.PersonForm

    def get_urlpatterns(self):
        """Add the invitations."""
        return [
            *super().get_urlpatterns(),
            path("invite/", staff_imports.invite_all, name="invite_all"),
            path("invite/<int:pk>/", staff_imports.invite, name="invite"),
        ]

    def register_permissions(self):
        """Register none: Django's permissions for people stay with Wagtail's own pages."""
