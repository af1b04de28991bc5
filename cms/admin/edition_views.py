"""Pages of the admin about editions: side by side, and the list with what no longer fits."""

from django.db.models import Count, IntegerField, OuterRef, Subquery, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import IndexView

from cms import editions, fitting, languages
from cms.admin.side_by_side import side_by_side
from cms.admin.views import course_or_404, editors_only
from cms.models import Edition


@require_GET
@editors_only
def editions_list(request):
    """The courses, with how many editions each has."""
    same = Edition.objects.filter(course_key=OuterRef("translation_key")).order_by().values("course_key")
    counted = Subquery(same.annotate(count=Count("pk")).values("count"), output_field=IntegerField())
    courses = languages.sources().live().annotate(edition_count=Coalesce(counted, 0)).order_by("title")
    return render(request, "cms/admin/editions_list.html", {"courses": courses})


@require_GET
@editors_only
def editions_of_course(request, course_key):
    """One course's editions, a column each."""
    found = side_by_side(course_or_404(course_key))
    context = {"course": found.course, "columns": found.columns, "rows": found.rows}
    return render(request, "cms/admin/editions.html", context)


class FitColumn(Column):
    """Whether an edition still fits its course. All rows are looked at together."""

    def __init__(self):
        super().__init__("fit", label=gettext_lazy("Fits the course"))

    def get_value(self, instance):
        """How much no longer fits, in words."""
        count = len(instance.misfits)
        return _("%(count)s no longer fits") % {"count": count} if count else _("yes")


class EditionIndexView(IndexView):
    """The list of editions, each with what no longer fits."""

    def get_context_data(self, *args, **kwargs):
        """Look at all editions of the page at once."""
        context = super().get_context_data(*args, **kwargs)
        shown = list(context["object_list"])
        prefetch_related_objects(shown, "latest_revision")
        drafts = [editions.draft_of(edition) for edition in shown]
        for edition, misfits in zip(shown, fitting.misfits_of(drafts), strict=True):
            edition.misfits = misfits
        return context
