"""Forms of a course's end: the evaluation, the hours that are claimed, the code that is verified."""

from decimal import Decimal

from django import forms
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses import clock_hours, evaluating
from courses.certifying import REASON_LENGTH
from courses.clock_hours import Offer


class EvaluationForm(forms.Form):
    """All that is asked at the end of a course; its questions are data."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for question in evaluating.questions():
            make = _scale if question.kind == "scale" else _text
            self.fields[question.name] = make(question)

    @property
    def answers(self) -> dict:
        """What was answered, as :func:`courses.evaluating.send` takes it."""
        return {name: answer for name, answer in self.cleaned_data.items() if answer not in (None, "")}


class ClaimForm(forms.Form):
    """How many of the offered hours a person claims, by category, in half-hour steps."""

    prefix = "claim"

    def __init__(self, *args, offers: list[Offer], **kwargs):
        super().__init__(*args, **kwargs)
        self.offers = offers
        for offer in offers:
            self.fields[offer.category] = forms.TypedChoiceField(
                label=offer.name,
                choices=[(str(step), _hours(step)) for step in clock_hours.steps_to(offer.hours)],
                coerce=Decimal,
                initial=str(offer.hours),
            )

    @property
    def hours(self) -> dict[str, Decimal]:
        """The hours that are claimed, by category."""
        return dict(self.cleaned_data)

    @property
    def claims_fewer(self) -> bool:
        """Is anything less than what is offered?"""
        return any(self.hours[offer.category] < offer.hours for offer in self.offers)


class CodeForm(forms.Form):
    """A certificate's code, as it is typed from paper."""

    code = forms.CharField(
        label=gettext_lazy("Code of the certificate"),
        max_length=40,
        help_text=gettext_lazy("It stands beside the square code, like 7K3M-9QWX-2HTD."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class ReasonForm(forms.Form):
    """Why a certificate is revoked."""

    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=REASON_LENGTH,
        help_text=gettext_lazy("One sentence. The person reads it, and it stays in the audit log."),
    )


class CorrectionForm(forms.Form):
    """What a certificate that takes the place of another says otherwise, and why."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    certificate_number = forms.RegexField(
        r"^[0-9A-Za-z]{5,12}$", label=gettext_lazy("Educator certificate number"), required=False
    )

    def __init__(self, *args, certificate, offers: list[Offer], **kwargs):
        super().__init__(*args, **kwargs)
        kept = certificate.snapshot
        self.fields["name"].initial = kept["name"]
        self.fields["certificate_number"].initial = kept["certificate_number"]
        claimed = {line["category"]: line["hours"] for line in kept["hours"]}
        self.claim = ClaimForm(self.data or None, offers=offers, initial=claimed)
        self.fields["reason"] = ReasonForm.base_fields["reason"]

    def is_valid(self) -> bool:
        """Are the words and the hours right?"""
        return super().is_valid() and (not self.claim.offers or self.claim.is_valid())


def _scale(question):
    ends = {1: question.low, 5: question.high}
    return forms.TypedChoiceField(
        label=question.asked,
        choices=[(mark, f"{mark}: {ends[mark]}" if mark in ends else str(mark)) for mark in evaluating.SCALE],
        coerce=int,
        widget=forms.RadioSelect,
        required=question.required,
        empty_value=None,
        error_messages={"required": _("Choose a number for “%s”") % question.asked},
    )


def _text(question):
    return forms.CharField(
        label=question.asked,
        required=question.required,
        max_length=evaluating.TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def _hours(count: Decimal) -> str:
    return _("%s hours") % localize(count) if count != 1 else _("1 hour")
