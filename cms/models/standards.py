"""Learning standards, clock-hour categories and renewal rules: facts of the state, kept as rows."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.search import index


class LearningStandard(index.Indexed, models.Model):
    """A standard that a course or module meets, such as *CCDEI 2.B* (WAC 181-85-204)."""

    framework = models.CharField(_("framework"), max_length=80)
    code = models.CharField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=240)
    description = models.TextField(_("description"), blank=True)
    url = models.URLField(_("address"), blank=True)

    search_fields = [
        index.SearchField("code"),
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.AutocompleteField("code"),
    ]

    class Meta:
        ordering = ["framework", "code"]
        verbose_name = _("learning standard")
        verbose_name_plural = _("learning standards")

    def __str__(self):
        return f"{self.code} {self.title}"


class ClockHourCategory(models.Model):
    """A kind of clock hours that the state counts apart (WAC 181-85-075)."""

    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    citation = models.CharField(_("source"), max_length=120, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("clock-hour category")
        verbose_name_plural = _("clock-hour categories")

    def __str__(self):
        return self.name


class RenewalRule(models.Model):
    """How many hours of a category a renewal asks of whom, over how many years.

    A row and not code: the rules change. An empty category means clock hours of any kind.
    """

    class Holder(models.TextChoices):
        TEACHER = "teacher", _("Teachers")
        ADMINISTRATOR = "administrator", _("Administrators")

    holder = models.CharField(_("who"), max_length=16, choices=Holder)
    category = models.ForeignKey(
        ClockHourCategory, verbose_name=_("category"), null=True, blank=True, on_delete=models.PROTECT
    )
    hours = models.DecimalField(_("hours"), max_digits=5, decimal_places=1)
    years = models.PositiveSmallIntegerField(_("in years"), default=5)
    since = models.DateField(_("since"), null=True, blank=True)
    citation = models.CharField(_("source"), max_length=120, blank=True)

    class Meta:
        ordering = ["holder", "pk"]
        verbose_name = _("renewal rule")
        verbose_name_plural = _("renewal rules")
        constraints = [
            models.UniqueConstraint(fields=["holder", "category"], name="renewal_rule_once_a_category"),
            # In a unique constraint of two columns SQLite and PostgreSQL take two NULLs for different.
            models.UniqueConstraint(
                fields=["holder"], condition=Q(category=None), name="renewal_rule_once_for_any_hours"
            ),
            models.CheckConstraint(condition=Q(hours__gt=0), name="renewal_rule_asks_for_hours"),
        ]

    def __str__(self):
        return f"{self.get_holder_display()}: {self.hours} {self.category or _('clock hours')}"
