"""A building's or district's courses, and the page on which its edition of one is written."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cms import approving, editions, scopes, tailoring
from cms.edition_desk import Desk
from cms.edition_forms import KINDS
from cms.manuscripts import Manuscript
from roster.models import Building


@dataclass(frozen=True)
class Addresses:
    """The addresses that belong to one edition, for templates."""

    kind: str
    slug: str
    course_key: object

    def _of(self, name, *more):
        return reverse(f"cms:{self.kind}_{name}", args=[self.slug, self.course_key, *more])

    edition = property(lambda self: self._of("edition"))
    removal = property(lambda self: self._of("edition_removal"))
    review = property(lambda self: self._of("edition_review"))
    withdrawal = property(lambda self: self._of("edition_withdrawal"))
    preview = property(lambda self: self._of("edition_preview"))
    courses = property(lambda self: reverse(f"cms:{self.kind}_courses", args=[self.slug]))

    def preview_of(self, module_key):
        """The preview of one module."""
        return self._of("edition_preview_module", module_key)


def place_of(request: HttpRequest, kind: str, slug: str):
    """The building or district of an address, where this person writes its editions.

    Raises:
        Http404: they don't, or there is none.
    """
    if kind == "building":
        buildings = scopes.buildings_tailored_by(request.user).select_related("district")
        return get_object_or_404(buildings, slug=slug)
    return get_object_or_404(scopes.districts_tailored_by(request.user), slug=slug)


def desk_of(request: HttpRequest, kind: str, slug: str, course_key) -> Desk:
    """The desk for one edition.

    Raises:
        Http404: the person doesn't write it, or nobody at the place may take the course.
    """
    place, course = place_of(request, kind, slug), tailoring.course_of(course_key)
    reader = editions.reader_of(course, place) if course else None
    if reader is None:
        raise Http404
    return Desk(place=place, course=course, reader=reader)


@require_safe
@never_cache
@login_required
def index(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """The courses that the place's staff may take, and where its edition of each stands."""
    place = place_of(request, kind, slug)
    context = {"place": place, "kind": kind, "shelf": editions.shelf(place), "State": approving.State}
    return render(request, "cms/editions/index.html", {**context, "edition_url": f"cms:{kind}_edition"})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def edition(request: HttpRequest, kind: str, slug: str, course_key) -> HttpResponse:
    """Show the form of an edition, change it by its buttons, or keep what is written."""
    desk = desk_of(request, kind, slug, course_key)
    if request.method != "POST":
        return _drawn(request, desk, Manuscript.of_draft(desk, credit=request.user.full_name))
    written = Manuscript.of_post(desk, request.POST)
    do, _colon, what = request.POST.get("do", "save").partition(":")
    if do in ("add", "remove", "up", "down"):
        return _changed(request, desk, written, do, what)
    return _kept(request, desk, written, do)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def take_down(request: HttpRequest, kind: str, slug: str, course_key) -> HttpResponse:
    """Ask before a live edition is taken down, and take it down."""
    desk = desk_of(request, kind, slug, course_key)
    urls = urls_of(desk)
    if not desk.edition.live:
        raise Http404
    if request.method == "POST":
        editions.take_down(edition=desk.edition, by=request.user)
        messages.success(request, _("Taken down. What you wrote is kept here as a draft."))
        return redirect(urls.edition)
    return render(request, "cms/editions/removal.html", {"desk": desk, "urls": urls})


def _changed(request, desk, written, do, what) -> HttpResponse:
    """The form after one of its buttons; nothing is kept. For htmx the module in question alone."""
    written = written.unbound()
    key = _do(written, do, what)
    if request.htmx and key in desk.modules:
        context = {"sheet": written.sheet(key), "desk": desk, "kinds": KINDS}
        return render(request, "cms/editions/_module.html", {**context, "open_key": key})
    return _drawn(request, desk, written, open_key=key)


def _do(written, do, what):
    """Do what a button says; the key of the module that it is about."""
    if do == "add":
        module, _colon, rest = what.partition(":")
        place, _colon, kind = rest.rpartition(":")
        key = next((key for key in written.desk.modules if str(key) == module), None)
        written.add(key, place, kind)
        return key
    form = written.piece(what)
    key = form.module.translation_key if form else None
    if do == "remove":
        written.remove(what)
    else:
        written.move(what, -1 if do == "up" else 1)
    return key


def _kept(request, desk, written, do) -> HttpResponse:
    urls = urls_of(desk)
    if not written.is_valid():
        return _drawn(request, desk, written, status=422)
    based_on = written.form.cleaned_data["based_on"]
    try:
        kept = editions.save(edition=desk.edition, words=written.words(), based_on=based_on, by=request.user)
    except editions.Stale:
        return _both(request, written)
    except approving.InReview:
        messages.error(
            request, _("PSESD is reading it just now, so it can't be changed. Take it back first.")
        )
        return redirect(urls.edition)
    if do == "send":
        return _sent(request, kept, urls)
    messages.success(request, _("Your draft is saved. Only you and PSESD see it until it is approved."))
    return redirect(urls.preview if do == "preview" else urls.edition)


def _sent(request, kept, urls) -> HttpResponse:
    try:
        approving.send(edition=kept, by=request.user)
        messages.success(request, _("Sent to PSESD. You are told as soon as somebody has read it."))
    except approving.NobodyApproves:
        messages.error(request, _("PSESD takes no editions just now. Your draft is safe; please ask them."))
    except approving.NothingToSend:
        messages.info(request, _("There is nothing new to send: this is what your staff see already."))
    return redirect(urls.edition)


def _both(request, written) -> HttpResponse:
    """The form as it was sent, beside what somebody else saved meanwhile: the author chooses."""
    old = written.desk
    desk = Desk(place=old.place, course=old.course, reader=old.reader)
    mine, theirs = written.unbound(), Manuscript.of_draft(desk)
    mine.form.initial["based_on"] = desk.based_on
    mine.desk = desk
    more = {"differences": mine.differences(theirs), "newest": desk.edition.latest_revision, "is_stale": True}
    return _drawn(request, desk, mine, status=409, **more)


def _drawn(request, desk, written, *, status=200, open_key=None, **more) -> HttpResponse:
    context = {
        "desk": desk,
        "urls": urls_of(desk),
        "written": written,
        "sheets": written.sheets(),
        "kinds": KINDS,
        "open_key": open_key,
        **more,
    }
    return render(request, "cms/editions/edition.html", context, status=status)


def urls_of(desk: Desk) -> Addresses:
    """The addresses of the desk's edition."""
    kind = "building" if isinstance(desk.place, Building) else "district"
    return Addresses(kind, desk.place.slug, desk.course.translation_key)
