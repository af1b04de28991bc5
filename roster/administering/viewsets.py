"""Lists and forms of the roster in Wagtail's admin. Saving is done by the verbs, which audit it."""

import django_filters
from django.core.exceptions import ValidationError
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.admin.widgets.button import Button

from roster import appointing, describing, inviting, registering
from roster.administering import forms, staff_imports
from roster.models import AuditEntry, Building, District, FocusArea, Position, User
from roster.permissions import people_policy


class SavedByVerb:
    """A create or edit view whose row is saved by a verb; what the verb refuses is told on the form."""

    def form_valid(self, form):
        """Save, or show the form again with what the verb said."""
        try:
            return super().form_valid(form)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)


class RosterViewSet(ModelViewSet):
    """What our lists have in common: nothing is deleted or copied, and history is the audit log."""

    add_to_reference_index = False
    copy_view_enabled = False
    left_out = {"delete", "history", "history_results", "usage"}

    def get_common_view_kwargs(self, **kwargs):
        """Leave out the links to pages that aren't there."""
        absent = dict.fromkeys(["delete_url_name", "history_url_name", "usage_url_name"])
        return super().get_common_view_kwargs(**{**absent, **kwargs})

    def get_urlpatterns(self):
        """Leave out the pages themselves."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name not in self.left_out]


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
        without = inviting.without_password().values("pk")
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
        "sorted_name",
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


class SaveDistrict(SavedByVerb):
    """Saves a district with its focus areas."""

    def save_instance(self):
        """Describe it."""
        areas = self.form.cleaned_data["focus_areas"]
        return describing.describe_district(
            district=self.form.instance, focus_areas=areas, by=self.request.user
        )


class DistrictViewSet(RosterViewSet):
    """Districts."""

    model = District
    name = "districts"
    icon = "site"
    add_view_class = type("AddDistrict", (SaveDistrict, generic.CreateView), {})
    edit_view_class = type("EditDistrict", (SaveDistrict, generic.EditView), {})
    list_display = ["name", "city", "goal"]
    search_fields = ["name", "city"]
    search_backend_name = None

    def get_form_class(self, for_update=False):
        """Return the form."""
        return forms.DistrictForm


class SaveBuilding(SavedByVerb):
    """Saves a building with its languages and focus areas."""

    def save_instance(self):
        """Describe it."""
        return self.form.save_as(self.request.user)


class BuildingViewSet(RosterViewSet):
    """Buildings."""

    model = Building
    name = "buildings"
    icon = "home"
    add_view_class = type("AddBuilding", (SaveBuilding, generic.CreateView), {})
    edit_view_class = type("EditBuilding", (SaveBuilding, generic.EditView), {})
    list_display = ["name", "district", "level", "goal"]
    list_filter = ["district", "level"]
    search_fields = ["name", "district__name"]
    search_backend_name = None

    def get_form_class(self, for_update=False):
        """Return the form."""
        return forms.BuildingForm


class SaveFocusArea(SavedByVerb):
    """Saves a focus area."""

    def save_instance(self):
        """Name it."""
        return describing.name_focus_area(area=self.form.instance, by=self.request.user)


class FocusAreaViewSet(RosterViewSet):
    """The focus areas that buildings choose from, and audiences name."""

    model = FocusArea
    name = "focus-areas"
    icon = "tag"
    add_view_class = type("AddFocusArea", (SaveFocusArea, generic.CreateView), {})
    edit_view_class = type("EditFocusArea", (SaveFocusArea, generic.EditView), {})
    form_fields = ["name"]
    list_display = ["name", "slug"]
    search_fields = ["name"]
    search_backend_name = None


class AuditViewSet(RosterViewSet):
    """The audit log: to read, never to change."""

    model = AuditEntry
    name = "audit"
    icon = "history"
    menu_label = gettext_lazy("Audit log")
    left_out = {*RosterViewSet.left_out, "add", "edit"}
    inspect_view_enabled = True
    inspect_view_fields = ["at", "actor", "action", "subject_kind", "subject_id", "subject", "details"]
    list_display = ["at", "actor", "action", "subject", "subject_kind"]
    list_filter = {"at": ["date__gte", "date__lte"], "subject_kind": ["exact"], "action": ["icontains"]}
    search_fields = ["subject", "action", "actor__email", "actor__last_name", "subject_id"]
    search_backend_name = None
    list_export = ["at", "actor", "action", "subject_kind", "subject_id", "subject"]
    list_per_page = 50
    form_fields = []

    def get_common_view_kwargs(self, **kwargs):
        """Leave out the links to pages that aren't there."""
        absent = dict.fromkeys(["add_url_name", "edit_url_name"])
        return super().get_common_view_kwargs(**{**absent, **kwargs})


class RosterGroup(ModelViewSetGroup):
    """The menu's part for who works where."""

    menu_label = gettext_lazy("Roster")
    menu_icon = "group"
    menu_order = 300
    items = (
        PeopleViewSet,
        PositionViewSet,
        BuildingViewSet,
        DistrictViewSet,
        FocusAreaViewSet,
        staff_imports.StaffImportViewSet,
        AuditViewSet,
    )
