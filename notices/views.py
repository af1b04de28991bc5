"""A person's notices, and what comes by email."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from notices import calendars, choosing, emailing, reading, telling
from notices.forms import PreferencesForm
from notices.models import Kind

NOTICES_A_PAGE = 20


@require_safe
@never_cache
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Show the person's notices, what is unread first."""
    page = Paginator(reading.notices_of(request.user), NOTICES_A_PAGE).get_page(request.GET.get("page"))
    unread = telling.unread_count(request.user)
    return render(request, "notices/index.html", {"page_obj": page, "unread": unread})


@require_safe
@login_required
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to what the notice is about; having followed it is having read it.

    A GET, so that it is a link which opens in a new tab. Following it twice changes nothing more.
    """
    notice = get_object_or_404(reading.notices_of(request.user), pk=pk)
    reading.mark_read(person=request.user, pk=pk)
    if url_has_allowed_host_and_scheme(notice.url, request.get_host(), require_https=request.is_secure()):
        return redirect(notice.url)
    return redirect("notices:list")


@require_POST
@login_required
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one notice read, and stay on the page of the list."""
    get_object_or_404(reading.notices_of(request.user), pk=pk)
    reading.mark_read(person=request.user, pk=pk)
    return redirect("notices:list")


@require_POST
@login_required
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark every notice read."""
    if count := reading.mark_read(person=request.user):
        said = ngettext("%(count)s notice marked as read.", "%(count)s notices marked as read.", count)
        messages.success(request, said % {"count": count})
    return redirect("notices:list")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def preferences(request: HttpRequest) -> HttpResponse:
    """Show and keep which notices come by email too."""
    form = PreferencesForm(request.POST if request.method == "POST" else None, person=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, _("Your choice of emails is saved."))
        return redirect("notices:preferences")
    context = {"form": form, "calendar_address": calendars.address_of(request.user)}
    return render(request, "notices/preferences.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def calendar_feed(request: HttpRequest) -> HttpResponse:
    """Make the person's calendar, give it a new address, or take it away."""
    if request.POST.get("wish") == "end":
        calendars.end_feed(person=request.user)
        messages.success(request, _("Your calendar's address leads nowhere from now on."))
    else:
        calendars.make_feed(person=request.user)
        messages.success(request, _("Your calendar has an address. An earlier one leads nowhere now."))
    return redirect(f"{reverse('notices:preferences')}#calendar")


@require_safe
@never_cache
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Give a calendar program the dates of whom the address belongs to; the address is the proof."""
    feed = calendars.feed_at(token)
    if feed is None:
        raise Http404
    answer = HttpResponse(calendars.write(feed), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="equity-in-education.ics"'
    answer["X-Robots-Tag"] = "noindex"
    return answer


@csrf_exempt  # the signed address is the proof; a mail program that posts here has no cookie (RFC 8058)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """End one kind of email for the person whom the signed address names, without signing in."""
    try:
        person_pk, kind = signing.loads(token, salt=emailing.UNSUBSCRIBE_SALT)
        label = Kind(kind).label
    except (signing.BadSignature, ValueError):
        return render(request, "notices/unsubscribe_broken.html", status=404)
    person = get_user_model().objects.filter(pk=person_pk).first()
    if request.method == "POST":
        if person:
            choosing.silence(person=person, kind=kind)
        return render(request, "notices/unsubscribed.html", {"kind": label})
    return render(request, "notices/unsubscribe.html", {"kind": label})
