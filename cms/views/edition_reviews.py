"""An edition on its way to PSESD, and taken back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cms import approving, authors
from cms.views.editions import desk_of


@require_POST
@login_required
def create(request: HttpRequest, kind: str, slug: str, course_key) -> HttpResponse:
    """Send the saved draft to PSESD; a second press finds it there."""
    desk = desk_of(request, kind, slug, course_key)
    try:
        approving.send(edition=desk.edition, by=request.user)
        messages.success(request, _("Sent to PSESD. You are told as soon as somebody has read it."))
    except approving.InReview:
        messages.info(request, _("It is with PSESD already."))
    except approving.NobodyApproves:
        messages.error(request, _("PSESD takes no editions just now. Your draft is safe; please ask them."))
    except approving.NothingToSend:
        messages.info(request, _("There is nothing new to send: write something first."))
    return redirect(authors.address_of(desk.place, course_key))


@require_POST
@login_required
def withdraw(request: HttpRequest, kind: str, slug: str, course_key) -> HttpResponse:
    """Take the draft back from PSESD."""
    desk = desk_of(request, kind, slug, course_key)
    try:
        approving.take_back(edition=desk.edition, by=request.user)
        messages.success(request, _("Taken back. You can go on writing."))
    except approving.NotInReview:
        messages.info(request, _("PSESD doesn't have it any more."))
    return redirect(authors.address_of(desk.place, course_key))
