"""Certificates in Wagtail's admin: to find, to revoke, to correct by one that supersedes."""

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button
from wagtail.permissions import policy_registry

from courses import certifying, clock_hours
from courses.administering.base import RecordViewSet
from courses.ending_forms import CorrectionForm, ReasonForm
from courses.models import Certificate
from courses.transcripts import status_label
from roster.models import AuditEntry, District


def _with_all(rows):
    return rows.select_related("revocation", "superseded_by", "enrollment__person")


class CertificateFilterSet(WagtailFilterSet):
    """Find certificates by status, day and place."""

    status = django_filters.ChoiceFilter(
        label=gettext_lazy("Status"),
        choices=[
            ("valid", gettext_lazy("Valid")),
            ("superseded", gettext_lazy("Superseded")),
            ("revoked", gettext_lazy("Revoked")),
        ],
        method="of_status",
    )
    district = django_filters.ModelChoiceFilter(
        label=gettext_lazy("District"),
        queryset=District.objects.all(),
        field_name="enrollment__district",
    )

    class Meta:
        model = Certificate
        fields = {"issued_at": ["date__gte", "date__lte"]}

    def of_status(self, rows, _name, status):
        """Keep those that hold, or those that don't any more."""
        asked = {
            "valid": Q(revocation=None, superseded_by=None),
            "superseded": Q(revocation=None, superseded_by__isnull=False),
            "revoked": Q(revocation__isnull=False),
        }
        return rows.filter(asked[status])


class CertificateIndex(generic.IndexView):
    """The list of certificates."""

    def get_base_queryset(self):
        """Bring all that the list says."""
        return _with_all(super().get_base_queryset())


class InspectCertificate(generic.InspectView):
    """One certificate, with what can be done about it."""

    @property
    def header_more_buttons(self):
        """Lead to its page, and to correcting and revoking it while that is possible."""
        certificate = self.object
        shown = reverse("courses:certificate", args=[certificate.code])
        buttons = [Button(_("See the certificate"), url=shown, icon_name="view", priority=10)]
        if certificate.status != "superseded" and not hasattr(certificate, "superseded_by"):
            correct = reverse("certificates:supersede", args=[certificate.pk])
            buttons.append(Button(_("Correct"), url=correct, icon_name="edit", priority=20))
        if certificate.status == "valid":
            revoke = reverse("certificates:revoke", args=[certificate.pk])
            buttons.append(Button(_("Revoke"), url=revoke, icon_name="cross", priority=30))
        return buttons

    def get_snapshot_display_value(self):
        """Return the facts that it states."""
        kept = self.object.snapshot
        hours = ", ".join(f"{row['name']}: {row['hours']} / {row['offered']}" for row in kept["hours"])
        facts = [
            (_("Name"), kept["name"]),
            (_("Certificate number"), kept["certificate_number"]),
            (_("Course"), kept["course"]),
            (_("Completed"), kept["completed_on"]),
            (_("Clock hours"), hours),
            (_("Building"), kept["building"]),
            (_("District"), kept["district"]),
            (_("Correction"), kept.get("correction", {}).get("reason", "")),
        ]
        lines = ((label, fact) for label, fact in facts if fact)
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}: {}</li>", lines))

    def get_status_display_value(self):
        """Return whether it holds, and why not."""
        certificate = self.object
        if certificate.status == "revoked":
            return f"{status_label(certificate)}: {certificate.revocation.reason}"
        if certificate.status == "superseded":
            return f"{status_label(certificate)}: {certificate.superseded_by.code}"
        return status_label(certificate)

    def get_field_label(self, field_name, field):
        """Name the two that Django can't."""
        labels = {"status": _("Status"), "snapshot": _("What it states"), "history": _("History")}
        return labels.get(field_name) or super().get_field_label(field_name, field)

    def get_history_display_value(self):
        """Return what was done to it, from the audit log."""
        entries = AuditEntry.objects.filter(subject_kind="certificate", subject_id=str(self.object.pk))
        lines = [
            (f"{entry.at:%Y-%m-%d}", entry.action, entry.actor or _("The system"))
            for entry in entries.select_related("actor")
        ]
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}: {} ({})</li>", lines))


@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, and revoke."""
    certificate = _certificate(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _do(
            request,
            certificate,
            lambda: certifying.revoke(
                certificate=certificate, by=request.user, reason=form.cleaned_data["reason"]
            ),
            _("The certificate is revoked, and the person is told."),
        )
    return _page(request, "revoke", _("Revoke"), certificate, form)


@require_http_methods(["GET", "HEAD", "POST"])
def supersede(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask what is to be corrected and why, and issue the certificate that takes this one's place."""
    certificate = _certificate(request, pk)
    entries = clock_hours.entries_of(certificate.enrollment)
    # Hours beyond attendance are given by correcting the attendance.
    offers = clock_hours.most_of(certificate.enrollment, clock_hours.offered_in(entries))
    form = CorrectionForm(request.POST or None, certificate=certificate, offers=offers)
    if request.method == "POST" and form.is_valid():
        return _do(
            request,
            certificate,
            lambda: certifying.supersede(
                certificate=certificate,
                by=request.user,
                reason=form.cleaned_data["reason"],
                name=form.cleaned_data["name"],
                certificate_number=form.cleaned_data["certificate_number"],
                hours=form.claim.hours if offers else None,
            ),
            _("A corrected certificate is issued, and the person is told."),
        )
    return _page(request, "supersede", _("Correct"), certificate, form)


def _certificate(request, pk) -> Certificate:
    if not policy_registry.get_by_type(Certificate).user_has_permission(request.user, "view"):
        raise PermissionDenied
    return get_object_or_404(_with_all(Certificate.objects.all()), pk=pk)


def _do(request, certificate, verb, said) -> HttpResponse:
    try:
        verb()
    except certifying.NotCurrent:
        messages.warning(request, _("Another certificate took its place in the meantime. Nothing was done."))
    else:
        messages.success(request, said)
    return redirect("certificates:inspect", certificate.pk)


def _page(request, name, title, certificate, form) -> HttpResponse:
    """Draw a page with the furniture of Wagtail's admin."""
    shown = reverse("certificates:inspect", args=[certificate.pk])
    context = {
        "certificate": certificate,
        "form": form,
        "back": shown,
        "header_title": title,
        "page_title": title,
        "header_icon": "doc-full",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("certificates:index"), "label": _("Certificates")},
            {"url": shown, "label": certificate.code},
            {"url": "", "label": title},
        ],
    }
    status = 422 if form.is_bound else 200
    return render(request, f"courses/administering/{name}.html", context, status=status)


class CertificateViewSet(RecordViewSet):
    """Certificates."""

    model = Certificate
    name = "certificates"
    url_prefix = "certificates"
    icon = "doc-full"
    menu_label = gettext_lazy("Certificates")
    inspect_view_enabled = True
    index_view_class = CertificateIndex
    inspect_view_class = InspectCertificate
    inspect_view_fields = ["code", "status", "issued_at", "snapshot", "history"]
    filterset_class = CertificateFilterSet
    list_display = [
        TitleColumn("code", label=gettext_lazy("Code"), url_name="certificates:inspect"),
        Column("name", label=gettext_lazy("Name"), accessor=lambda row: row.snapshot["name"]),
        Column("course", label=gettext_lazy("Course"), accessor=lambda row: row.snapshot["course"]),
        Column("hours", label=gettext_lazy("Hours"), accessor=lambda row: row.snapshot["total_hours"]),
        Column("status", label=gettext_lazy("Status"), accessor=status_label),
        DateColumn("issued_at", label=gettext_lazy("Issued"), sort_key="issued_at"),
    ]
    search_fields = [
        "code",
        "enrollment__person__last_name",
        "enrollment__person__first_name",
        "enrollment__person__email",
        "enrollment__course_title",
    ]
    ordering = ["-issued_at", "-pk"]

    def get_urlpatterns(self):
        """Add revoking and correcting."""
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/revoke/", revoke, name="revoke"),
            path("<int:pk>/correct/", supersede, name="supersede"),
        ]
