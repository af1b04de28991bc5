"""What this app adds to Wagtail's admin."""

from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.snippets.models import register_snippet

from cms import approving, ranging, recording
from cms.admin.looks import look
from cms.admin.viewsets import CoursesGroup
from cms.models import Audience, CoursePage, Edition, ModulePage

register_snippet(CoursesGroup)
approving.speak_for_wagtail()


@hooks.register("insert_editor_js")
def audience_script():
    """Keep the count of an audience's people up to date while its boxes are ticked."""
    return format_html('<script type="module" src="{}"></script>', static("js/admin/audience.js"))


@hooks.register("insert_global_admin_css")
def admin_styles():
    """The few styles that Wagtail's own don't have: long lists of boxes, the coverage matrix."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


class LookMenuItem(PageMenuItem):
    """Leads from a course or module to how buildings see it."""

    label = _("Look as a building")
    icon_name = "view"
    url_name = "cms_look"

    def is_shown(self, user):
        """Whoever may edit the page may look at it so."""
        return self.page.permissions_for_user(user).can_edit()


@hooks.register("register_admin_urls")
def look_url():
    """Where a course or module is looked at through somebody else's eyes."""
    return [path("courses/<int:page_id>/look/", look, name="cms_look")]


@hooks.register("register_page_header_buttons")
def look_button(page, user, view_name, next_url=None):
    """Offer the look in the header of a course and a module."""
    if page.specific_class in (CoursePage, ModulePage):
        yield LookMenuItem(page=page, priority=5)


@hooks.register("after_publish_page")
def say_page_change(request, page):
    """After publishing, lead to the page that says for whom it changed."""
    if isinstance(page, CoursePage | ModulePage) and page.live:
        _lead_to_change(request, _since(page))


@hooks.register("after_edit_snippet")
def say_snippet_change(request, instance):
    """The same for an edition and an audience."""
    if isinstance(instance, Audience):
        # It was saved as it is, and knows; what is published was read anew from its revision.
        _lead_to_change(request, getattr(instance, "last_change", None))
    elif isinstance(instance, Edition) and instance.live and "action-publish" in request.POST:
        _lead_to_change(request, _since(instance))


def _since(subject):
    """The change that its last publish made; None where readers got nothing else by it."""
    change = recording.newest_of(subject)
    return change if change and change.at >= subject.last_published_at else None


def _lead_to_change(request, change):
    if change is not None:
        button = messages.button(reverse("changes:show", args=[change.pk]), gettext("See for whom"))
        messages.info(request, gettext("Readers get something else now."), buttons=[button])


# After Wagtail's own, which ask who may have the document.
@hooks.register("before_serve_document", order=100)
def serve_a_part(document, request):
    """Give a player the part of a film that it asks for."""
    return ranging.part_of(document, request.headers.get("range", ""))
