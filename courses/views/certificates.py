"""Certificates: a person's own, and the public page that says whether one holds."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from courses import certifying
from courses.scopes import certificates_visible_to


@login_required
@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show a certificate to those who may see it."""
    certificate = get_object_or_404(certificates_visible_to(request.user), code=certifying.normalized(code))
    return render(request, "courses/certificate.html", {"certificate": certificate})
