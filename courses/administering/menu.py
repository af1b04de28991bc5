"""The menu's part for records of courses."""

from django.utils.translation import gettext_lazy
from wagtail.admin.viewsets.model import ModelViewSetGroup

from courses.administering.certificates import CertificateViewSet
from courses.administering.evaluations import EvaluationViewSet
from courses.administering.hours import ClockHourViewSet


class RecordsGroup(ModelViewSetGroup):
    """The menu's part for records of courses."""

    menu_label = gettext_lazy("Records")
    menu_icon = "tasks"
    menu_order = 310
    items = (CertificateViewSet, ClockHourViewSet, EvaluationViewSet)
