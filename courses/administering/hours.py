"""Clock-hour records in Wagtail's admin, as a state auditor asks for them (WAC 181-85-205).

The provider keeps them for seven calendar years. The export holds a row for each category of each
enrollment, with what was offered, what was claimed, under which approval, and whether its certificate holds;
of a course that is taken with a coach also who was there on which days, and for how long.
"""

import datetime

import django_filters
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic

from courses.administering.base import RecordViewSet
from courses.models import Certificate, ClockHourEntry
from courses.transcripts import safe_cell, status_label
from roster.models import District

#: Calendar years for which records are kept, beside the present one.
YEARS_KEPT = 7


class ClockHourFilterSet(WagtailFilterSet):
    """Find hours by day, course, category and place."""

    course = django_filters.CharFilter(
        label=gettext_lazy("Course"), field_name="enrollment__course_title", lookup_expr="icontains"
    )
    district = django_filters.ModelChoiceFilter(
        label=gettext_lazy("District"), queryset=District.objects.all(), field_name="enrollment__district"
    )

    class Meta:
        model = ClockHourEntry
        fields = {"earned_on": ["gte", "lte"], "category": ["exact"]}


class ClockHourIndex(generic.IndexView):
    """The hours of the years that are kept, with their export."""

    page_title = gettext_lazy("Clock hours")
    export_filename = "clock-hours"

    def get_base_queryset(self):
        """Bring who, where and by which certificate, of seven calendar years and this one."""
        first_day = datetime.date(timezone.localdate().year - YEARS_KEPT, 1, 1)
        current = Certificate.objects.filter(superseded_by=None).select_related("revocation", "superseded_by")
        return (
            super()
            .get_base_queryset()
            .filter(earned_on__gte=first_day)
            .select_related(
                "person",
                "enrollment__building",
                "enrollment__district",
                "enrollment__evaluation",
                "enrollment__participation",
            )
            .prefetch_related(Prefetch("enrollment__certificates", queryset=current, to_attr="in_force"))
        )

    def to_row_dict(self, item):
        """Return the row of the export: no cell of it is a formula."""
        record = Record(item)
        return {name: safe_cell(getattr(record, name)) for name in self.list_export}


class Record:
    """One line of the export; its attributes are named as its columns."""

    def __init__(self, entry: ClockHourEntry):
        self.certificate = next(iter(entry.enrollment.in_force), None)
        kept = self.certificate.snapshot if self.certificate else {}
        enrollment = entry.enrollment
        self.participant = kept.get("name") or entry.person.full_name
        self.certificate_number = kept.get("certificate_number", entry.person.certificate_number)
        self.email = entry.person.email
        self.building = enrollment.building.name if enrollment.building else ""
        self.district = enrollment.district.name if enrollment.district else ""
        self.course = kept.get("course") or enrollment.course_title
        self.standards = ", ".join(standard["code"] for standard in kept.get("standards", []))
        self.enrolled = timezone.localdate(enrollment.enrolled_at)
        self.completed = entry.earned_on
        participation = getattr(enrollment, "participation", None)
        days = participation.dates if participation else []
        self.attended_days = " ".join(day.isoformat() for day in days)
        self.attended_minutes = participation.minutes if participation else ""
        self.category = entry.category_name
        self.offered = entry.offered
        self.claimed = entry.hours
        self.approval_number = kept.get("approval_number", "")
        self.approved_when_completed = _yes_or_no(
            all(_was_approved(kept, day) for day in days or [entry.earned_on])
        )
        self.evaluation_sent = _yes_or_no(hasattr(enrollment, "evaluation"))
        self.certificate_code = self.certificate.code if self.certificate else ""
        self.status = status_label(self.certificate) if self.certificate else ""


def _yes_or_no(fact: bool) -> str:
    return _("yes") if fact else _("no")


def _was_approved(kept: dict, day: datetime.date) -> bool:
    since, until = kept.get("approved_on"), kept.get("approved_until")
    if not (kept.get("approval_number") and since):
        return False
    return parse_date(since) <= day and (not until or day <= parse_date(until))


class ClockHourViewSet(RecordViewSet):
    """Clock-hour records."""

    model = ClockHourEntry
    name = "clock_hours"
    url_prefix = "clock-hours"
    icon = "time"
    menu_label = gettext_lazy("Clock hours")
    index_view_class = ClockHourIndex
    filterset_class = ClockHourFilterSet
    list_display = [
        Column("person", label=gettext_lazy("Participant"), sort_key="person__last_name"),
        Column("course", label=gettext_lazy("Course"), accessor="enrollment.course_title"),
        Column("category_name", label=gettext_lazy("Category"), sort_key="category_name"),
        Column("offered", label=gettext_lazy("Offered"), sort_key="offered"),
        Column("hours", label=gettext_lazy("Claimed"), sort_key="hours"),
        DateColumn("earned_on", label=gettext_lazy("Completed"), sort_key="earned_on"),
    ]
    list_export = [
        "participant",
        "certificate_number",
        "email",
        "building",
        "district",
        "course",
        "standards",
        "enrolled",
        "completed",
        "attended_days",
        "attended_minutes",
        "category",
        "offered",
        "claimed",
        "approval_number",
        "approved_when_completed",
        "evaluation_sent",
        "certificate_code",
        "status",
    ]
    export_headings = {
        "participant": gettext_lazy("Participant"),
        "certificate_number": gettext_lazy("Educator certificate number"),
        "email": gettext_lazy("Email"),
        "building": gettext_lazy("Building"),
        "district": gettext_lazy("District"),
        "course": gettext_lazy("Course"),
        "standards": gettext_lazy("Standards"),
        "enrolled": gettext_lazy("Enrolled"),
        "completed": gettext_lazy("Completed"),
        "attended_days": gettext_lazy("Days with a coach"),
        "attended_minutes": gettext_lazy("Minutes with a coach"),
        "category": gettext_lazy("Category"),
        "offered": gettext_lazy("Hours offered"),
        "claimed": gettext_lazy("Hours claimed"),
        "approval_number": gettext_lazy("Approval number"),
        "approved_when_completed": gettext_lazy("Approved when taken"),
        "evaluation_sent": gettext_lazy("Evaluation sent"),
        "certificate_code": gettext_lazy("Certificate"),
        "status": gettext_lazy("Status"),
    }
    search_fields = ["person__last_name", "person__first_name", "person__email", "enrollment__course_title"]
    ordering = ["-earned_on", "-pk"]
