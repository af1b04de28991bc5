"""Audiences: named, reusable rules about who sees what."""

from django.core.exceptions import ValidationError
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

    def clean(self):
        """Keep the short name of an audience that is used: blocks and files know it by that.

        Raises:
            ValidationError: the short name changed and something names the old one.
        """
        super().clean()
        before = Audience.objects.filter(pk=self.pk).values_list("slug", flat=True).first()
        if before and before != self.slug and self.uses(before):
            raise ValidationError({"slug": _("It is used, so its short name stays “%s”.") % before})

    def delete(self, *args, **kwargs):
        """Delete it where nothing names it.

        Raises:
            ProtectedError: a course, module or edition does; without the audience it would speak to everyone.
        """
        uses = self.uses(self.slug)
        if uses:
            raise models.ProtectedError(f"The audience {self.slug} is used.", {use.subject for use in uses})
        return super().delete(*args, **kwargs)

    @staticmethod
    def uses(slug):
        """What names the audience ``slug``: see :mod:`cms.audience_uses`."""
        from cms.audience_uses import uses_of

        return uses_of(slug)
