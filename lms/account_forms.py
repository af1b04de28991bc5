"""The sign-in form: allauth's, with the one question that decides what stays on the device."""

from allauth.account.forms import LoginForm
from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from roster import devices


class SignInForm(LoginForm):
    """Ask whether others use the device too. Who says so isn't remembered there, whatever else is ticked."""

    shared_device = forms.BooleanField(
        label=_("This is a shared device: keep nothing here"),
        help_text=_(
            "On your own device, modules that you open can be read without a connection, and words that are "
            "not sent yet are kept until they are. All of it goes when you sign out."
        ),
        required=False,
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remember"].label = _("Keep me signed in on this device")
        if self.request is not None:
            self.fields["shared_device"].initial = devices.is_shared(self.request)

    def clean(self) -> dict:
        """Drop a wish to be remembered on a device that others use."""
        cleaned = super().clean()
        if cleaned.get("shared_device"):
            cleaned["remember"] = False
        return cleaned

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Sign in, and remember in the browser whose device it is."""
        response = super().login(request, redirect_url)
        devices.call(response, shared=self.cleaned_data["shared_device"], secure=request.is_secure())
        return response
