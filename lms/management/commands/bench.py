"""``manage.py bench``: the main pages beside a bare Wagtail page, at the demonstration's size and at ten."""

import itertools

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from cms.models import ModulePage
from courses.models import Certificate, Enrollment, Reflection
from lms.benchmark import crowd
from lms.benchmark.measuring import Page, measure
from lms.demonstration.stories import DENISE, FOUNDATIONS, LUCIA
from roster.models import Building, Position, User

#: The module page may cost this many times a bare Wagtail page with the same blocks (design, section 11).
BUDGET = 1.5
OVERRIDES = {
    "DEBUG": False,
    "ROOT_URLCONF": "lms.benchmark.urls",
    "ALLOWED_HOSTS": ["testserver"],
    # Static files need not be collected for it.
    "STORAGES": {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
}


class Command(BaseCommand):
    """Builds a database of its own beside the configured one, and removes it at the end."""

    help = "Measure the main pages beside a bare Wagtail page (queries, ms, ratio), at 1x and 10x the data."

    def handle(self, **options) -> None:
        """Measure, print the tables, and fail when the module page is over its budget."""
        name = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            with override_settings(**OVERRIDES):
                call_command("load_demo", verbosity=0, stdout=self.stdout)
                ratios = [self._table("the demonstration")]
                crowd.multiply(10)
                ratios.append(self._table("ten times the demonstration"))
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)
        if max(ratios) > BUDGET:
            raise CommandError(f"The module page costs more than {BUDGET} x a bare page: {max(ratios):.2f}")

    def _table(self, size: str) -> float:
        pages = _pages()
        measure(pages)
        bare = pages[0].milliseconds
        people, enrollments = User.objects.count(), Enrollment.objects.count()
        self.stdout.write(
            f"\n{connection.vendor}, {size}: {people} people, {enrollments} enrollments\n"
            f"{'page':<34}{'queries':>8}{'ms':>9}{'x bare':>8}{'kB':>7}"
        )
        for page in pages:
            self.stdout.write(
                f"{page.name:<34}{page.queries:>8}{page.milliseconds:>9.1f}"
                f"{page.milliseconds / bare:>8.2f}{page.size / 1024:>7.0f}"
            )
        return pages[1].milliseconds / bare


def _pages() -> list[Page]:
    """The yardstick first, then the module page, then the others."""
    teacher = User.objects.get(email=LUCIA)
    building = Building.objects.get(slug="heron-bend-middle")
    enrollment = Enrollment.objects.get(person=teacher, course_title__startswith="Foundations")
    key = enrollment.resume_module_key
    module = ModulePage.objects.live().filter(translation_key=key).order_by("pk")[0]
    as_teacher, as_principal = (
        _client(teacher),
        _client(User.objects.get(email=DENISE)),
    )
    certificate = Certificate.objects.filter(revocation=None, superseded_by=None).earliest("pk")
    as_owner = _client(certificate.enrollment.person)
    pdf = reverse("courses:certificate_pdf", args=[certificate.code])
    as_admin = _client(User.objects.filter(positions__role=Position.Role.PSESD_ADMIN).earliest("pk"))
    district = reverse("reports:district", args=[building.district.slug])
    learning = reverse("courses:learning")
    bare = reverse("bare", args=[f"catalog/{FOUNDATIONS}/{module.slug}/"])
    lesson = reverse("courses:module", args=[enrollment.pk, module.translation_key])
    return [
        Page("bare Wagtail page, same blocks", lambda: as_teacher.get(bare)),
        Page("module page", lambda: as_teacher.get(lesson)),
        Page("autosave of a reflection", _autosave(as_teacher, enrollment)),
        Page("first page of a teacher", lambda: as_teacher.get(learning)),
        Page("building page", lambda: as_principal.get(reverse("reports:building", args=[building.slug]))),
        Page("district report", lambda: as_admin.get(district)),
        Page("certificate as PDF", lambda: as_owner.get(pdf)),
    ]


def _autosave(client: Client, enrollment: Enrollment):
    reflection = Reflection.objects.filter(enrollment=enrollment).order_by("-pk").first()
    address = reverse("courses:reflection", args=[enrollment.pk, reflection.module_key, reflection.block_id])
    words = itertools.count(1)

    def save():
        version = Reflection.objects.values_list("version", flat=True).get(pk=reflection.pk)
        text = f"{reflection.text} {next(words)}"
        return client.post(
            address, {"text": text, "based_on": version}, headers={"Accept": "application/json"}
        )

    return save


def _client(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client
