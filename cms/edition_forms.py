"""The forms in which a leader writes their building's edition: plain fields, no knowledge of blocks."""

import re
import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from cms import fitting, pieces, placeholders, plain_words
from cms.blocks.base import unknown_message

LONGEST_TEXT, LONGEST_QUESTION = 6000, 1000
_IN_BRACKETS = re.compile(r"\{([^{}]*)\}")


def check_words(words: str) -> None:
    """Refuse curly brackets that are no placeholder: readers would see them as they stand.

    Raises:
        ValidationError: with what could be used instead.
    """
    wrong = [name for name in _IN_BRACKETS.findall(words) if name not in placeholders.KNOWN]
    if wrong:
        raise forms.ValidationError(unknown_message(list(dict.fromkeys(wrong))))


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class Words(forms.CharField):
    """Running words in Markdown, with placeholders."""

    def __init__(self, *, rows: int, **kwargs):
        super().__init__(widget=_area(rows), **kwargs)

    def clean(self, value):
        """The words, if they can be kept.

        Raises:
            ValidationError: a placeholder means nothing, or something can't be kept.
        """
        words = super().clean(value).replace("\r\n", "\n")
        check_words(words)
        try:
            plain_words.to_markup(words)
        except ValueError as mistake:
            raise forms.ValidationError(str(mistake)) from mistake
        return words


class Line(forms.CharField):
    """One line, with placeholders."""

    def clean(self, value):
        """The line, if its placeholders mean something."""
        line = super().clean(value)
        check_words(line)
        return line


class Choice(forms.ChoiceField):
    """A choice of which the first is to leave things as they are: nobody need be told that it is optional."""

    def validate(self, value):
        """Any of the choices; none is the first."""
        if value:
            super().validate(value)


class EditionForm(forms.Form):
    """What an edition says of the course as a whole."""

    welcome = Words(
        label=_("Welcome"),
        rows=5,
        required=False,
        max_length=2000,
        help_text=_("Why this course, here and now. **Two stars** make words bold, *one* makes them italic."),
    )
    goal = Line(
        label=_("What you want from it"),
        required=False,
        max_length=600,
        widget=_area(2),
        help_text=_("One sentence. It follows “What we want from it:”."),
    )
    credit = Line(
        label=_("Who made this"),
        required=False,
        max_length=200,
        help_text=_("Like “Denise Whitaker with the equity team, August”."),
    )
    due_in_days = forms.IntegerField(
        label=_("Days to finish it"),
        required=False,
        min_value=1,
        max_value=365,
        help_text=_("Proposed whenever you assign the course; you can still choose another day then."),
    )
    based_on = forms.IntegerField(required=False, widget=forms.HiddenInput)


class StandingForm(forms.Form):
    """How a module stands in the edition, and its turn in the order that is advised."""

    use_required_attribute = False

    standing = Choice(label=_("For your staff this module is"))
    turn = forms.IntegerField(
        label=_("Take it as number"),
        required=False,
        min_value=1,
        max_value=99,
        help_text=_("Leave it empty where the course's own order suits you."),
    )

    def __init__(self, *args, as_written: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["standing"].choices = [
            ("", _("as it comes: %(standing)s") % {"standing": AS_WRITTEN[as_written]}),
            ("required", _("required")),
            ("optional", _("optional")),
            ("hidden", _("left out")),
        ]


AS_WRITTEN = {"required": _("required"), "optional": _("optional"), "hidden": _("not for your building")}


class StrayForm(forms.Form):
    """What becomes of something that was said of a module which the course has no more."""

    KEEP, REMOVE = "keep", "remove"

    use_required_attribute = False

    fate = Choice(label=_("What now?"))

    def __init__(self, *args, change, modules, **kwargs):
        super().__init__(*args, **kwargs)
        self.change = change
        moves = [(str(module.translation_key), module.title) for module in modules]
        if change["type"] != "addition":
            moves = []
        self.fields["fate"].choices = [
            ("", _("Leave it: the module may come back")),
            (self.REMOVE, _("Take it out")),
            *((key, _("Move it to the end of “%(module)s”") % {"module": title}) for key, title in moves),
        ]


class PieceForm(forms.Form):
    """One thing that the building adds. ``stored`` is the block as it was kept: only its fields change.

    Subclasses name their ``kind``, and say how their fields stand in the block.
    """

    kind = pieces.KEPT
    label = _("Made in PSESD's editor")
    icon = "lock"

    where = forms.ChoiceField(label=_("Where"))

    def __init__(self, *args, module, places, stored, **kwargs):
        super().__init__(*args, prefix=stored["id"], **kwargs)
        self.module, self.stored, self.places = module, stored, dict(places)
        self.fields["where"].choices = list(places)

    @property
    def id(self) -> str:
        """The block's id, which is the form's prefix too."""
        return self.stored["id"]

    @property
    def place(self) -> str:
        """Where it is to stand, as far as that is known."""
        return self["where"].value() or "end"

    def with_values(self, values: dict) -> "PieceForm":
        """The same form, filled with ``values`` and without errors."""
        places = list(self.places.items())
        return type(self)(module=self.module, places=places, stored=self.stored, initial=values)

    @property
    def excerpt(self) -> str:
        """How the stored block begins."""
        return fitting.excerpt(self.stored, 200)

    @property
    def own_fields(self):
        """The fields of its kind: all but where it stands."""
        return [field for field in self if field.name != "where"]

    @classmethod
    def initial_of(cls, value: dict) -> dict:
        """The fields' values for a stored block's ``value``."""
        return {}

    def value(self) -> dict:
        """The stored block's value, from the fields."""
        return {}

    def piece(self) -> pieces.Piece:
        """What is kept of it. Only of a valid form."""
        stored = {**self.stored, "value": {**self.stored["value"], **self.value()}}
        return pieces.Piece(self.module.translation_key, self.cleaned_data["where"], stored)

    def _markup(self, name: str, field: str) -> str:
        """Rich text from words; untouched words keep the markup that they had."""
        words, before = self.cleaned_data[name], self.stored["value"].get(field, "")
        return before if before and words == plain_words.to_words(before) else plain_words.to_markup(words)


class TextForm(PieceForm):
    """Some words."""

    kind, label, icon = pieces.TEXT, _("Words"), "type"

    words = Words(
        label=_("Your words"),
        rows=6,
        max_length=LONGEST_TEXT,
        help_text=_("A blank line begins a new paragraph; a hyphen begins an item of a list."),
    )

    @classmethod
    def initial_of(cls, value):
        """The words of a text."""
        return {"words": plain_words.to_words(value.get("body", ""))}

    def value(self):
        """A text block."""
        return {"body": self._markup("words", "body")}


class ReflectionForm(PieceForm):
    """A question that staff answer in their own words, privately."""

    kind, label, icon = pieces.REFLECTION, _("Reflection prompt"), "pencil"

    question = Words(
        label=_("Question"),
        rows=3,
        max_length=LONGEST_QUESTION,
        help_text=_("One that can be answered honestly. You won't read the answers: they are private."),
    )
    minimum_words = forms.IntegerField(
        label=_("Words asked for"),
        min_value=0,
        max_value=1000,
        initial=0,
        help_text=_("0: none. Half a page is about 150."),
    )
    required = forms.BooleanField(
        label=_("Required"),
        required=False,
        initial=True,
        help_text=_("The module isn't complete without it."),
    )

    @classmethod
    def initial_of(cls, value):
        """The fields of a prompt."""
        return {
            "question": plain_words.to_words(value.get("question", "")),
            "minimum_words": value.get("minimum_words") or 0,
            "required": value.get("required", True),
        }

    def value(self):
        """A reflection block; who may be shown an answer stays as it was."""
        return {
            "guidance": self.stored["value"].get("guidance", ""),
            "share": self.stored["value"].get("share", "private"),
            "question": self._markup("question", "question"),
            "minimum_words": self.cleaned_data["minimum_words"],
            "required": self.cleaned_data["required"],
        }


class ResourceForm(PieceForm):
    """A page worth reading."""

    kind, label, icon = pieces.RESOURCE, _("Resource"), "link"

    title = Line(label=_("Title"), max_length=200)
    link = forms.URLField(label=_("Link"), max_length=500, assume_scheme="https")
    summary = Line(
        label=_("Why it is worth the time"), required=False, max_length=400, help_text=_("One sentence.")
    )

    @classmethod
    def initial_of(cls, value):
        """The fields of a resource."""
        return {name: value.get(name) or "" for name in ("title", "link", "summary")}

    def clean_link(self):
        """Only addresses of the web: a reader follows it without a thought."""
        link = self.cleaned_data["link"]
        if not link.startswith(("http://", "https://")):
            raise forms.ValidationError(_("Give the address of a page: it begins with https://."))
        return link

    def value(self):
        """A resource block."""
        return {name: self.cleaned_data[name] for name in ("title", "link", "summary")}


class ActionForm(PieceForm):
    """One thing to try."""

    kind, label, icon = pieces.ACTION, _("Action step"), "flag"

    what = Words(label=_("What to try"), rows=2, max_length=LONGEST_QUESTION)
    in_days = forms.IntegerField(
        label=_("Ask how it went after (days)"), min_value=1, max_value=180, initial=7
    )
    required = forms.BooleanField(
        label=_("Required"),
        required=False,
        help_text=_("The module isn't complete until they have set a day for it."),
    )

    @classmethod
    def initial_of(cls, value):
        """The fields of an action step."""
        return {
            "what": plain_words.to_words(value.get("what", "")),
            "in_days": value.get("in_days") or 7,
            "required": value.get("required", False),
        }

    def value(self):
        """An action block."""
        return {
            "what": self._markup("what", "what"),
            "in_days": self.cleaned_data["in_days"],
            "required": self.cleaned_data["required"],
        }


FORMS = {form.kind: form for form in (TextForm, ReflectionForm, ResourceForm, ActionForm)}
#: What can be added, and what its button says.
KINDS = [(form.kind, form.label) for form in FORMS.values()]


def fresh(kind: str) -> dict:
    """An empty block of a kind, in its stored form, with an id of its own."""
    return {"type": kind, "id": str(uuid.uuid4()), "value": {"shown_to": []}}
