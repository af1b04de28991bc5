"""What this app adds to every request."""

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from roster import devices

#: What a person reads, and what a script of ours is answered.
OURS = ("text/html", "application/json")


class DeviceMiddleware:
    """Tell the browser whose answer it gets; files, which are the same for everybody, go as they are."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, and speak on its way back."""
        response = self.get_response(request)
        if response.get("Content-Type", "").startswith(OURS):
            devices.say_whose(request, response)
        return response


class PersonLanguageMiddleware:
    """Speak the language that the person chose; to a visitor, that of their cookie or browser.

    A page of Wagtail speaks the language of its address (/es/…), which Django's own middleware has settled.
    This one acts when the address is resolved, because the language in force decides what an address means.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> None:
        """Activate the language of the one who asks."""
        if request.resolver_match.url_name == "wagtail_serve":
            return
        if request.user.is_authenticated:
            language = request.user.language
        else:
            language = translation.get_language_from_request(request)
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()
