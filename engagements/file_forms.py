"""The form for a file of a team."""

from pathlib import PurePath

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _


class FileForm(forms.Form):
    """One file, of a kind and size that documents of this site may have."""

    file = forms.FileField(
        label=_("Choose a file"),
        help_text=_("Nothing about single students: no names, no grades, no numbers of theirs."),
        max_length=200,
    )

    def clean_file(self):
        """Refuse kinds and sizes that the site doesn't take."""
        file = self.cleaned_data["file"]
        allowed = settings.WAGTAILDOCS_EXTENSIONS
        if PurePath(file.name).suffix.lower().lstrip(".") not in allowed:
            words = _("This kind of file isn't taken. Take one of these: %(kinds)s.")
            raise forms.ValidationError(words % {"kinds": ", ".join(sorted(allowed))})
        if file.size > settings.WAGTAILDOCS_MAX_UPLOAD_SIZE:
            words = _("This file is too big: at most %(size)s.")
            raise forms.ValidationError(
                words % {"size": filesizeformat(settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)}
            )
        return file
