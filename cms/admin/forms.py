"""The forms of audiences and editions in the admin."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from cms import languages
from cms.admin.foretelling import Foretold
from cms.admin.page_forms import KnowsPlaceholders
from cms.admin.reach import reach_of
from cms.models import Audience, CoursePage
from roster.models import LANGUAGES, Building, District, FocusArea, Position


def buildings_by_district():
    """Every building as a choice, under its district."""
    return [
        (district.name, [(building.slug, building.name) for building in district.buildings.all()])
        for district in District.objects.prefetch_related("buildings")
    ]


NOT_READERS = (Position.Role.EDITOR, Position.Role.PSESD_ADMIN)
CHOICES = {
    "levels": lambda: Building.Level.choices,
    "roles": lambda: [choice for choice in Position.Role.choices if choice[0] not in NOT_READERS],
    "districts": lambda: District.objects.values_list("slug", "name"),
    "buildings": buildings_by_district,
    "focus_areas": lambda: FocusArea.objects.order_by("name").values_list("slug", "name"),
    "languages": lambda: LANGUAGES,
}
LABELS = {
    "levels": _("Levels"),
    "roles": _("Roles"),
    "districts": _("Districts"),
    "buildings": _("Buildings"),
    "focus_areas": _("Focus areas"),
    "languages": _("Languages spoken in the building"),
}
RULES = ("include", "exclude")


def _field(kind):
    return forms.MultipleChoiceField(
        label=LABELS[kind], choices=CHOICES[kind], required=False, widget=forms.CheckboxSelectMultiple
    )


_RuleFields = type(
    "_RuleFields",
    (forms.Form,),
    {f"{rule}_{kind}": _field(kind) for rule in RULES for kind in Audience.KINDS},
)


class RuleForm(_RuleFields):
    """The two halves of an audience's rule: a checkbox for each value of each kind."""

    def rule(self, name: str) -> dict[str, list[str]]:
        """``include`` or ``exclude`` as the model keeps it, without the kinds that say nothing."""
        chosen = {kind: self.cleaned_data.get(f"{name}_{kind}") for kind in Audience.KINDS}
        return {kind: values for kind, values in chosen.items() if values}


class AudienceForm(RuleForm, WagtailAdminModelForm):
    """An audience's form: checkboxes in place of the JSON of its rule."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in RULES:
            for kind, values in getattr(self.instance, name).items():
                self.initial[f"{name}_{kind}"] = values

    #: What keeping this rule would change for people under way, where the form asks to confirm that.
    warning = None

    def clean(self):
        """A rule says something, leaves somebody in, and changes no reader's course unseen."""
        cleaned = super().clean()
        include, exclude = self.rule("include"), self.rule("exclude")
        if not include and not exclude:
            raise forms.ValidationError(_("Tick at least one box: as it is, the audience would be everyone."))
        if exclude and not reach_of(include, exclude).places and reach_of(include, {}).places:
            raise forms.ValidationError(_("Everyone who is in is also left out. Nobody would be meant."))
        if self.instance.pk and not self.errors:
            self._warn(include, exclude)
        self.instance.include, self.instance.exclude = include, exclude
        return cleaned

    def _warn(self, include, exclude):
        before, slug = self.instance, self.instance.slug
        if (before.include, before.exclude) == (include, exclude):
            return
        foretold = Foretold.of(before, Audience(slug=slug, include=include, exclude=exclude))
        if foretold.touches_people and self.data.get("confirmed") != foretold.digest:
            self.warning = foretold
            raise forms.ValidationError(
                _("People under way would see something else. Read below what changes, and confirm it.")
            )


def courses_to_choose():
    """Every course that has an original page, by its translation key."""
    return [("", "---------"), *languages.sources().order_by("title").values_list("translation_key", "title")]


def _key(value):
    """A key from what a browser sends or from what the model holds, which ``UUID`` alone doesn't take."""
    return UUID(str(value))


class EditionForm(KnowsPlaceholders, WagtailAdminModelForm):
    """An edition's form: its course is chosen by title, and only that course's modules may be changed."""

    course_key = forms.TypedChoiceField(label=_("Course"), choices=courses_to_choose, coerce=_key)

    def clean(self):
        """All modules that the edition changes belong to its course, and the place is one place."""
        cleaned = super().clean()
        foreign = self._foreign_modules(cleaned.get("course_key"), cleaned.get("changes"))
        if foreign:
            titles = ", ".join(module.title for module in foreign)
            self.add_error("changes", _("These modules belong to another course: %s.") % titles)
        return cleaned

    def _foreign_modules(self, key, changes):
        paths = CoursePage.objects.filter(translation_key=key).values_list("path", flat=True)
        modules = [change.value.get("module") for change in changes or ()]
        return [module for module in modules if module and not module.path.startswith(tuple(paths))]
