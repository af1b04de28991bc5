"""Certificates: a person's own, and the public page that says whether one holds."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from courses import certifying, clock_hours, printing
from courses.ending_forms import CodeForm
from courses.scopes import certificates_visible_to


@login_required
@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show a certificate to those who may see it."""
    certificate = _visible(request, code)
    is_own = certificate.enrollment.person_id == request.user.pk
    context = {
        "certificate": certificate,
        "words": _words(certificate),
        "qr": printing.qr_address(printing.verify_url(certificate)),
        "is_own": is_own,
        "may_claim_fewer": is_own and certificate.status == "valid" and _has_hours(certificate),
    }
    return render(request, "courses/certificate.html", context)


@login_required
@require_safe
def pdf(request: HttpRequest, code: str) -> HttpResponse:
    """Give the certificate as a PDF."""
    certificate = _visible(request, code)
    answer = HttpResponse(printing.certificate_pdf(certificate), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="certificate-{certificate.code}.pdf"'
    return answer


@require_safe
def check(request: HttpRequest, code: str = "") -> HttpResponse:
    """Tell anybody who holds a code whether its certificate holds: name, course, hours, date, status."""
    asked = (code or request.GET.get("code", "")).strip()
    context = {"asked": asked[:40], "form": CodeForm()}
    if not asked:
        return render(request, "courses/verify.html", context)
    certificate = certifying.verify(asked)
    if certificate is None:
        return render(request, "courses/verify.html", {**context, "unknown": True}, status=404)
    if code != certificate.code:
        return redirect("courses:certificate_check", code=certificate.code)
    context["completed_on"] = parse_date(certificate.snapshot["completed_on"])
    return render(request, "courses/verify.html", {**context, "certificate": certificate})


def _visible(request, code):
    rows = certificates_visible_to(request.user).select_related("revocation", "superseded_by", "enrollment")
    return get_object_or_404(rows, code=certifying.normalized(code))


def _words(certificate) -> dict:
    with translation.override(certificate.snapshot["language"]):
        return printing.certificate_words(certificate)


def _has_hours(certificate) -> bool:
    return clock_hours.total(certifying.hours_of(certificate).values()) > 0
