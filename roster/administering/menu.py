"""The menu's part for who works where."""

from django.utils.translation import gettext_lazy
from wagtail.admin.viewsets.model import ModelViewSetGroup

from roster.administering import staff_imports
from roster.administering.audit_log import AuditViewSet
from roster.administering.people import PeopleViewSet
from roster.administering.places import BuildingViewSet, DistrictViewSet, FocusAreaViewSet
from roster.administering.positions import PositionViewSet


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
