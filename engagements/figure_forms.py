"""Forms for tables of figures, and why one is refused, in words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.forms import DateInput
from engagements import drawing, figures

#: More than 200 rows of 20 columns don't fit in so much.
SIZE_LIMIT_BYTES = 500_000


class SourceForm(forms.Form):
    """Where a table comes from."""

    source = forms.CharField(
        label=_("Where does it come from?"),
        required=False,
        max_length=300,
        help_text=_("For example: Skyward, fall term, counted by the registrar."),
    )
    on = forms.DateField(label=_("As of which day?"), required=False, widget=DateInput())


class FiguresForm(SourceForm):
    """A table, pasted or as a file. What is refused is shown to nobody again, not even to who sent it."""

    text = forms.CharField(
        label=_("Paste the table"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Copied from a spreadsheet, with its headings: a row for each group."),
    )
    file = forms.FileField(label=_("Or choose a CSV file"), required=False)
    how_many = forms.CharField(
        label=_("Which column says how many students a row stands for?"),
        required=False,
        max_length=figures.CELL_LIMIT,
        help_text=_("Its heading. Leave it empty and we look for it."),
    )
    field_order = ["text", "file", "how_many", "source", "on"]
    too_big = _("This file is too big: a table of groups is a small one.")

    def clean_file(self):
        """Refuse what can't be a small table of text."""
        file = self.cleaned_data["file"]
        if file and file.size > SIZE_LIMIT_BYTES:
            raise forms.ValidationError(self.too_big)
        return file

    def clean(self):
        """One table, from one of the two."""
        cleaned = super().clean()
        if file := cleaned.get("file"):
            cleaned["text"] = figures.decoded(file.read())
        if not (cleaned.get("text") or "").strip() and not self.errors:
            self.add_error("text", _("Paste a table, or choose a file."))
        cleaned.pop("file", None)
        return cleaned


class ShownForm(SourceForm):
    """Which column the chart draws."""

    shown = forms.TypedChoiceField(label=_("The chart shows"), coerce=int)
    field_order = ["shown", "source", "on"]

    def __init__(self, *args, value: dict, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["shown"].choices = drawing.showable(value)
        for name in ("shown", "source", "on"):
            self.initial.setdefault(name, value.get(name))


def said_why(reason: figures.Reason) -> str:
    """Why a table is refused, and what to do instead."""
    return str(_WHY[reason.code]) % {"what": reason.what}


_WHY = {
    "empty": _("There is no table here: it needs a line of headings and a row below it."),
    "not-text": _(
        "This isn't a table of text. In your spreadsheet, choose “Save as” and “CSV”, or copy the cells "
        "and paste them here."
    ),
    "too-big": _(
        "This has %(what)s rows. A table of groups has few: at most 200 rows, 20 columns. Count by "
        "group first, with a pivot table for example."
    ),
    "uneven": _(
        "The rows don't have as many cells as there are headings, or there is one column only. Take out "
        "title lines above the headings and notes below the table, and send it again."
    ),
    "no-headings": _(
        "The first line has to say what stands in each column, and here it holds what looks like "
        "somebody's own name or number. Put headings above the rows, and a group in each row."
    ),
    "names-a-person": _(
        "The column “%(what)s” is about single persons. Count them by group, and leave it out."
    ),
    "value-of-a-person": _(
        "In the column “%(what)s” stand what look like names, initials, addresses or numbers of single "
        "persons. Count them by group, and leave it out. If they are groups, call the column “Group”, "
        "“Building” or whatever they are."
    ),
    "mixed": _(
        "In the column “%(what)s”, some cells are numbers with something beside them, or words among "
        "numbers. Write one number in each, or leave it empty where there is none."
    ),
    "no-how-many": _(
        "No column says how many students each row stands for. Add one, or write its heading below."
    ),
    "not-whole": _(
        "The column “%(what)s” doesn't hold whole numbers of students. Write the heading of the one "
        "that does."
    ),
    "one-each": _("%(what)s rows stand for one student each. Put them together into groups."),
    "gives-away": _(
        "Together with a table that this team has seen, this one would tell a number below 10. Put the "
        "small groups together, or leave the small row out."
    ),
}
