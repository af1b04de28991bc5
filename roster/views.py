"""A person's own profile, the language of the site, and what a building says of itself."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language as keep_language_in_cookie

from roster import devices, profile_parts, registering, scopes
from roster.forms import BuildingProfileForm, ProfileForm
from roster.models import User


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Show and keep what a person says of themselves; their positions are shown, not changed, here."""
    posted = request.POST if request.method == "POST" else None
    # The form writes on a person of its own: what it refuses must not show in the header of the page.
    person = User.objects.get(pk=request.user.pk)
    form = ProfileForm(posted, instance=person)
    parts = [
        (part, part.form(posted, person=request.user, prefix=part.name)) for part in profile_parts.all_parts()
    ]
    forms = [form, *(part_form for _part, part_form in parts)]
    if posted is not None and all(each.is_valid() for each in forms):
        with transaction.atomic():
            for each in forms:
                each.save()
        with override(person.language):
            messages.success(request, _("Your profile is saved."))
        return redirect("roster:profile")
    context = {
        "form": form,
        "parts": parts,
        "positions": request.user.positions.select_related("building", "district").order_by("-starts_on"),
    }
    status = 422 if any(each.errors for each in forms) else 200
    return render(request, "roster/profile.html", context, status=status)


@devices.keepable("device")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def device(request: HttpRequest) -> HttpResponse:
    """Show what this device keeps and what waits on it; a POST says whether others use it too.

    The page is the same for everybody: a script fills in what only the device knows. Without a connection
    it also stands for a page that isn't kept.
    """
    if request.method == "POST":
        shared = request.POST.get("shared") == "1"
        if shared:
            messages.success(request, _("From now on nothing is kept on this device."))
        else:
            messages.success(request, _("From now on this device keeps what you open, until you sign out."))
        response = redirect("roster:device")
        devices.call(response, shared=shared, secure=request.is_secure())
        return response
    return render(request, "roster/device.html", {"is_shared": devices.is_shared(request)})


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the language that was chosen: in the person's account, and in a cookie for who isn't signed in."""
    language = request.POST.get("language")
    if request.user.is_authenticated and language in dict(settings.LANGUAGES):
        request.user.language = language
        registering.revise(person=request.user, by=request.user)
    return keep_language_in_cookie(request)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def building_profile(request: HttpRequest, slug: str) -> HttpResponse:
    """Show and keep what a building says of itself; for those who lead it, and PSESD's administrators."""
    kept_by_person = scopes.buildings_described_by(request.user).select_related("district")
    building = get_object_or_404(kept_by_person, slug=slug)
    form = BuildingProfileForm(request.POST if request.method == "POST" else None, instance=building)
    if form.is_valid():
        form.save_as(request.user)
        messages.success(request, _("Saved. Courses follow what you wrote from now on."))
        return redirect("roster:building_profile", slug=slug)
    context = {"form": form, "building": building}
    return render(request, "roster/building_profile.html", context, status=422 if form.errors else 200)
