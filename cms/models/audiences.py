"""Audiences: named, reusable rules about who sees what."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import RevisionMixin
from wagtail.search import index


class Audience(RevisionMixin, index.Indexed, models.Model):
    """A rule over positions: who is meant when a block is *shown to* it.

    ``include`` and ``exclude`` map a kind (``levels``, ``districts``, ``buildings``, ``focus_areas``,
    ``roles``, ``languages``) to a list of values (slugs, codes). Within one kind any value matches;
    across kinds all must; an empty kind doesn't restrict. Who matches a non-empty ``exclude`` is out.
    """

    KINDS = ["levels", "districts", "buildings", "focus_areas", "roles", "languages"]

    slug = models.SlugField(
        _("short name"),
        max_length=80,
        unique=True,
        help_text=_("Blocks and files know the audience by it: it can't change once it is used."),
    )
    name = models.CharField(_("name"), max_length=120, unique=True)
    description = models.TextField(_("what it is for"), blank=True, max_length=400)
    include = models.JSONField(_("who is in"), default=dict, blank=True)
    exclude = models.JSONField(_("who is left out"), default=dict, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        ordering = ["name"]
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")

    def __str__(self):
        return self.name
