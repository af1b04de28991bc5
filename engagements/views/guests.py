"""What somebody without an account gets by their link: one step, in their language, and their own words."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.views.sent import whole_number
from engagements import hearing, inviting, versioning
from engagements.guest_forms import GuestVoiceForm
from engagements.models import GuestLink, Voice
from engagements.protocols import Prompt

_IN_SESSION = "guest_link"


def unseen(view: Callable) -> Callable:
    """Keep an answer out of caches and of searches.

    The site's own policy tells other sites nothing. A stricter one ("no-referrer") would have browsers send
    these forms without their origin, and Django refuses those.
    """

    @never_cache
    @wraps(view)
    def answer(request: HttpRequest, **kwargs) -> HttpResponse:
        response = view(request, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return answer


def for_guest(view: Callable) -> Callable:
    """Give ``view`` the :class:`GuestLink` that this browser came by, while it opens, in its language."""

    @unseen
    @wraps(view)
    def answer(request: HttpRequest, **kwargs) -> HttpResponse:
        link = _link_of(request)
        if link is None:
            pk = request.session.get(_IN_SESSION)
            return _shut(
                request, GuestLink.objects.select_related("member").filter(pk=pk).first(), status=404
            )
        with _in_language_of(link):
            return view(request, link, **kwargs)

    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@unseen
def door(request: HttpRequest) -> HttpResponse:
    """Open what stands behind the ``#`` of the address: a script sends it on, or the person pastes it."""
    if request.method != "POST":
        return render(request, "engagements/guests/door.html", {"is_in": _link_of(request) is not None})
    token = request.POST.get("link", "").rpartition("#")[2][:100]
    link = inviting.link_behind(token)
    if link is None or inviting.step_of(link) is None:
        return _shut(request, inviting.link_once_behind(token), status=422)
    # Whoever knew this browser's session before, on a device that others use too, knows it no more.
    request.session.cycle_key()
    request.session[_IN_SESSION] = link.pk
    return redirect("engagements:guest")


@require_safe
@for_guest
def show(request: HttpRequest, link: GuestLink) -> HttpResponse:
    """Show what is asked, who reads the answer, and what was written so far."""
    inviting.note_opened(link)
    return _page(request, link)


@require_POST
@for_guest
def create(request: HttpRequest, link: GuestLink, prompt_id: str) -> HttpResponse:
    """Keep what the guest says."""
    prompt = _prompt(link, prompt_id)
    form = GuestVoiceForm(request.POST, auto_id=f"id_{prompt.id}_%s")
    if not form.is_valid():
        return _page(request, link, form=form, at=prompt, status=422)
    try:
        inviting.write(link=link, prompt=prompt, words=form.cleaned_data)
    except inviting.Over:
        form.add_error(None, _("This work has ended, so nothing new is written here."))
    except inviting.Full:
        form.add_error(None, _("Nothing more fits by this link. You can change what you wrote above."))
    except inviting.TooMuch:
        form.add_error(None, _("That is a lot at once. Please wait ten minutes; your words are still here."))
    if form.errors:
        return _page(request, link, form=form, at=prompt, status=422)
    messages.success(request, _("Thank you. Your words are with the team."))
    return redirect("engagements:guest")


@require_http_methods(["GET", "HEAD", "POST"])
@for_guest
def update(request: HttpRequest, link: GuestLink, voice_pk: int) -> HttpResponse:
    """Change one's own words, or how far they may go."""
    voice = _voice(link, voice_pk)
    names = GuestVoiceForm.Meta.fields
    form = GuestVoiceForm(request.POST or None, initial={name: getattr(voice, name) for name in names})
    if form.is_valid():
        number = whole_number(request.POST.get("based_on"))
        try:
            inviting.rewrite(link=link, voice=voice, words=form.cleaned_data, based_on=number)
            messages.success(request, _("Saved."))
            return redirect("engagements:guest")
        except versioning.Stale as stale:
            voice = stale.current
            form.add_error(None, _("It was changed meanwhile. Look at it once more, and save again."))
        except inviting.TooMuch:
            form.add_error(
                None, _("That is a lot at once. Please wait ten minutes; your words are still here.")
            )
    status = 422 if form.is_bound else 200
    return render(
        request, "engagements/guests/voice.html", {"link": link, "voice": voice, "form": form}, status=status
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_guest
def take_back(request: HttpRequest, link: GuestLink, voice_pk: int) -> HttpResponse:
    """Delete one's own words for good."""
    voice = _voice(link, voice_pk)
    if request.method != "POST":
        return render(request, "engagements/guests/take_back.html", {"link": link, "voice": voice})
    voice.engagement = link.engagement
    hearing.take_out(voice=voice, by=link.member)
    messages.success(request, _("Your words are deleted. The team can't read them any more."))
    return redirect("engagements:guest")


@require_POST
@unseen
def leave(request: HttpRequest) -> HttpResponse:
    """Forget the link in this browser: the phone or computer may be somebody else's."""
    request.session.pop(_IN_SESSION, None)
    request.session.cycle_key()
    response = redirect("engagements:guest_door")
    # Pages that the browser keeps for its back button, too; the script forgets what was typed and not sent.
    response["Clear-Site-Data"] = '"cache"'
    return response


def _in_language_of(link: GuestLink):
    """The interface in the link's language, as far as the site speaks it."""
    known = link.language in dict(settings.LANGUAGES)
    return translation.override(link.language if known else settings.LANGUAGE_CODE)


def _shut(request: HttpRequest, link: GuestLink | None, *, status: int) -> HttpResponse:
    """Say why nothing opens, in the language of the link where there is one."""
    if link is None:
        return render(request, "engagements/guests/door.html", {"shut": "unknown"}, status=status)
    with _in_language_of(link):
        context = {"shut": inviting.why_shut(link), "link": link}
        return render(request, "engagements/guests/door.html", context, status=status)


def _link_of(request: HttpRequest) -> GuestLink | None:
    pk = request.session.get(_IN_SESSION)
    link = inviting.open_links().filter(pk=pk).first() if pk else None
    return link if link and inviting.step_of(link) else None


def _prompt(link: GuestLink, prompt_id: str) -> Prompt:
    for prompt in inviting.step_of(link).prompts:
        if prompt.id == prompt_id:
            return prompt
    raise Http404


def _voice(link: GuestLink, pk: int) -> Voice:
    return get_object_or_404(inviting.voices_of(link), pk=pk)


def _page(request, link: GuestLink, form=None, at=None, status: int = 200) -> HttpResponse:
    """The step; ``form`` is what was sent at the prompt ``at``."""
    guest_step = inviting.step_of(link)
    voices = list(inviting.voices_of(link))
    start = {"consent": Voice.Consent.TEAM, "attribution": Voice.Attribution.NONE}
    asked = [
        {
            "prompt": prompt,
            "voices": [voice for voice in voices if voice.prompt_id == prompt.id],
            "form": form
            if at and at.id == prompt.id
            else GuestVoiceForm(initial=start, auto_id=f"id_{prompt.id}_%s"),
        }
        for prompt in guest_step.prompts
    ]
    context = {"link": link, "engagement": link.engagement, "here": guest_step, "asked": asked}
    context["is_full"] = len(voices) >= inviting.VOICES_LIMIT
    return render(request, "engagements/guests/show.html", context, status=status)
