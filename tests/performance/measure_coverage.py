r"""Measure a course's coverage and a publish's effect in a region of 35 districts and 750 buildings.

Run it against an empty, migrated database of its own (it fills it and leaves it filled)::

    DATABASE_URL=postgres://… DJANGO_SETTINGS_MODULE=lms.settings.test \
        python -m tests.performance.measure_coverage
"""

import json
import os
import time
import uuid

import django


def main() -> None:
    """Fill the region and print what its pages cost: milliseconds of server time, and queries."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.test")
    django.setup()
    from django.core.management import call_command
    from django.test import Client
    from django.urls import reverse

    from cms import changing, recording
    from cms.models import ModulePage
    from roster.models import Position
    from tests import factories

    course = _region(factories)
    client, editor = Client(), factories.make_person(Position.Role.EDITOR)
    call_command("setup_groups", verbosity=0)
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    url = reverse("coverage:course", args=[course.translation_key])
    for query in ({}, {"p": "15"}, {"show": "plain"}, {"district": "district-3"}):
        _measure(f"coverage {query}", lambda query=query: client.get(url, query))
    module = ModulePage.objects.child_of(course).first()
    body = module.body.get_prep_value()
    body.append(factories.text("New words."))
    module.body = module.body.stream_block.to_python(body)
    module.save_revision().publish()
    change = recording.newest_of(module)
    change.effect = None
    change.save()
    _measure("effect of the publish", lambda: changing.work_out(change.pk), times=1)
    _measure("changes page", lambda: client.get(reverse("changes:show", args=[change.pk])))


def _region(factories):
    from cms.models import Audience, Edition
    from roster.models import Building, District

    districts = factories.DistrictFactory.build_batch(35)
    District.objects.bulk_create(districts)
    levels = Building.Level.values
    buildings = [
        factories.BuildingFactory.build(district=districts[n % 35], level=levels[n % len(levels)])
        for n in range(750)
    ]
    Building.objects.bulk_create(buildings)
    for n in range(30):
        rule = {"levels": [levels[n % len(levels)]]} if n < 6 else {"districts": [districts[n].slug]}
        Audience.objects.create(slug=f"audience-{n}", name=f"Audience {n}", include=rule)
    course = factories.make_course("The region's course", modules=0)
    modules = [factories.make_module(course, title=f"Module {n}", body=_body(factories, n)) for n in range(8)]
    for n in range(300):
        place = {"module": modules[n % 8].pk, "place": "end", "blocks": [factories.text("Ours.")]}
        changes = json.dumps([{"type": "addition", "id": str(uuid.uuid4()), "value": place}])
        Edition.objects.create(course_key=course.translation_key, building=buildings[n], changes=changes)
    return course


def _body(factories, number):
    def shown(n):
        return [f"audience-{(n + number) % 30}"] if n % 4 == 3 else []

    return [factories.text(f"Words {n}.", shown_to=shown(n)) for n in range(12)]


def _measure(name, act, times=3):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    best = None
    for _ in range(times):
        with CaptureQueriesContext(connection) as queries:
            start, own = time.perf_counter(), time.process_time()
            answer = act()
            took = (time.perf_counter() - start) * 1000, (time.process_time() - own) * 1000
        assert getattr(answer, "status_code", 200) == 200, "measured a page that wasn't shown"
        best = took if best is None else min(best, took)
    print(f"{name}: {best[0]:.0f} ms ({best[1]:.0f} ms of it our own CPU), {len(queries)} queries")


if __name__ == "__main__":
    main()
