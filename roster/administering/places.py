"""Districts, buildings and focus areas in Wagtail's admin."""

from wagtail.admin.views import generic

from roster import describing
from roster.administering import forms
from roster.administering.base import RosterViewSet, SavedByVerb
from roster.models import Building, District, FocusArea


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
