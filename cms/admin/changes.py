"""The pages of the admin that say what changed for whom."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from cms import changing, languages
from cms.admin.telling_effects import told
from cms.admin.views import editors_only
from cms.models import ContentChange, CoursePage

PER_PAGE = 20
FIELDS = {
    "title": _("title"),
    "name": _("name"),
    "slug": _("short name"),
    "summary": _("summary"),
    "for_whom": _("for whom"),
    "why": _("why this course"),
    "outcomes": _("outcomes"),
    "objectives": _("objectives"),
    "audiences": _("shown to"),
    "team_service": _("start this with your team"),
    "team_words": _("words about work with a team"),
    "minutes": _("minutes"),
    "required": _("required or optional"),
    "welcome": _("welcome"),
    "goal": _("goal"),
    "credit": _("who made it"),
    "include": _("who is in"),
    "exclude": _("who is left out"),
    "building_id": _("building"),
    "district_id": _("district"),
}
KINDS = {
    "added": _("added"),
    "removed": _("removed"),
    "replaced": _("put in place of another"),
    "changed": _("changed"),
    "moved": _("moved"),
}


@require_GET
@editors_only
def index(request):
    """Every change for readers, newest first; of one course where ``course`` names it."""
    changes = ContentChange.objects.select_related("by").defer("before", "after")
    titles = dict(CoursePage.objects.order_by("-pk").values_list("translation_key", "title"))
    chosen = next((key for key in titles if str(key) == request.GET.get("course")), None)
    if chosen:
        changes = changes.filter(course_key=chosen)
    page = Paginator(changes, PER_PAGE).get_page(request.GET.get("p"))
    rows = [
        {
            "change": change,
            "course": titles.get(change.course_key, ""),
            "sum": told(change.effect["groups"])["sum"] if change.effect else None,
        }
        for change in page
    ]
    courses = sorted(titles.items(), key=lambda pair: pair[1])
    return render(
        request,
        "cms/admin/changes.html",
        {
            "rows": rows,
            "page_obj": page,
            "courses": courses,
            "chosen": chosen,
            "query": f"course={chosen}" if chosen else "",
        },
    )


@require_GET
@editors_only
def show(request, pk):
    """One change: which blocks, for how many people under way, at which buildings, and how."""
    # A lost nudge is made good here: whoever asks first has it worked out.
    change = changing.work_out(pk)
    if change is None:
        raise Http404
    language = changing.language_of(change)
    lines = [{**line, "said": KINDS[line["kind"]]} for line in change.effect["lines"]]
    context = {
        "change": change,
        "language": language and languages.name_of(language),
        "course": CoursePage.objects.filter(translation_key=change.course_key).order_by("pk").first(),
        "lines": lines,
        "fields": [FIELDS[name] for name in change.effect["fields"]],
        **told(change.effect["groups"]),
    }
    return render(request, "cms/admin/change.html", context)
