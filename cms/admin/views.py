"""Pages of the admin beside Wagtail's own: how far an audience reaches, and who may ask."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST
from wagtail.admin.auth import permission_required

from cms.admin.forms import RuleForm
from cms.admin.reach import reach_of
from cms.models import CoursePage

editors_only = permission_required("cms.change_audience")


@require_POST
@editors_only
def audience_reach(request):
    """A fragment: whom the ticked boxes cover today."""
    form = RuleForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    include, exclude = form.rule("include"), form.rule("exclude")
    context = {"reach": reach_of(include, exclude), "rule_given": bool(include or exclude)}
    return render(request, "cms/admin/reach.html", context)


def course_or_404(key):
    """The live course of that key.

    Raises:
        Http404: there is none.
    """
    course = CoursePage.objects.live().filter(translation_key=key).order_by("pk").first()
    if course is None:
        raise Http404
    return course
