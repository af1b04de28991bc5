"""What leaders of the demonstration have asked PSESD for, and how much its coaches can carry."""

import datetime

import yaml
from django.conf import settings
from django.utils import timezone

from engagements import requesting, serving
from engagements.models import ServiceRequest
from lms.demonstration.who import person
from roster.models import Building

WORDS = ("needs", "goals", "who", "wished_time")


def write() -> None:
    """Let it have been asked, and in part been looked at."""
    told = yaml.safe_load((settings.BASE_DIR / "fixtures" / "region" / "asked.yaml").read_text())
    for one in told["requests"]:
        _ask(one)
    for one in told["capacities"]:
        serving.set_capacity(
            coach=person(one["coach"]),
            by=person(one["said_by"]),
            engagements=one["engagements"],
            note=one["note"],
        )


def _ask(one: dict) -> None:
    request = requesting.ask(
        by=person(one["by"]),
        place=Building.objects.get(slug=one["building"]),
        service=one["service"],
        **{name: one[name] for name in WORDS},
    )
    if "given_to" in one:
        by, coach = person(one["looked_at_by"]), person(one["given_to"])
        requesting.take_up(request=request, by=by, coach=coach)
    asked_at = timezone.now() - datetime.timedelta(days=one["days_ago"])
    ServiceRequest.objects.filter(pk=request.pk).update(asked_at=asked_at)
