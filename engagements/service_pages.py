"""Service pages: what the work of a service is like, step by step, from the protocols that are published."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from cms.joining import Section
from engagements import publishing
from roster.standing import standing_of


def steps_of(request: HttpRequest, service: str) -> Section | None:
    """The phases and steps of the service's protocols, not their prompts; None where it has no protocol."""
    versions = publishing.on_offer(service, get_language())
    if not versions:
        return None
    ways = [{"version": version, "plan": version.plan} for version in versions]
    asking = {"ask_url": _ask_url(request, service), "is_visitor": not request.user.is_authenticated}
    return Section("engagements/parts/service_steps.html", {"ways": ways, **asking})


def _ask_url(request: HttpRequest, service: str) -> str:
    """Where to ask for it; "" for who leads no place. A visitor may lead one, once they have signed in."""
    if request.user.is_authenticated and not standing_of(request.user).leads:
        return ""
    return f"{reverse('engagements:request_new')}?service={service}"
