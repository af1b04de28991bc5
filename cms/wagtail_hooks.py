"""What this app adds to Wagtail's admin."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from cms import approving
from cms.admin.viewsets import CoursesGroup

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
