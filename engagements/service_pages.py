"""Service pages: what the work of a service is like, step by step, from the protocols that are published."""

from django.http import HttpRequest
from django.utils.translation import get_language

from cms.joining import ServicePart
from engagements import publishing


def steps_of(request: HttpRequest, service: str) -> ServicePart | None:
    """The phases and steps of the service's protocols, not their prompts; None where it has no protocol."""
    versions = publishing.on_offer(service, get_language())
    if not versions:
        return None
    ways = [{"version": version, "plan": version.plan} for version in versions]
    return ServicePart("engagements/parts/service_steps.html", {"ways": ways})
