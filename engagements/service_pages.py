"""Service pages: what the work of a service is like, step by step, and what teams show of theirs."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from cms.joining import Section
from engagements import going_public, publishing
from roster.standing import standing_of

#: The page that lists what teams show has the others.
MOST_SHOWN = 6


def steps_of(request: HttpRequest, service: str) -> Section | None:
    """The phases and steps of the service's protocols, not their prompts, and what its teams have published.

    None where there is neither. Where a protocol lets teams publish and none has yet, the page says so.
    """
    versions = publishing.on_offer(service, get_language())
    shown = list(going_public.all_shown(service)[: MOST_SHOWN + 1])
    if not versions and not shown:
        return None
    ways = [{"version": version, "plan": version.plan} for version in versions]
    asking = {"ask_url": _ask_url(request, service), "is_visitor": not request.user.is_authenticated}
    showing = {
        "shown": shown[:MOST_SHOWN],
        "has_more": len(shown) > MOST_SHOWN,
        "may_publish": any(way["plan"].settings.may_publish for way in ways),
        "service": service,
    }
    return Section("engagements/parts/service_steps.html", {"ways": ways, **asking, **showing})


def _ask_url(request: HttpRequest, service: str) -> str:
    """Where to ask for it; "" for who leads no place. A visitor may lead one, once they have signed in."""
    if request.user.is_authenticated and not standing_of(request.user).leads:
        return ""
    return f"{reverse('engagements:request_new')}?service={service}"
