"""A draft of an edition as the place's staff would see it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms import previews, tailoring
from cms.resolved import HIDDEN
from cms.views.editions import desk_of, urls_of


@require_safe
@never_cache
@login_required
def course(request: HttpRequest, kind: str, slug: str, course_key) -> HttpResponse:
    """What the draft says of the course, and its modules in order."""
    desk = desk_of(request, kind, slug, course_key)
    tailored = _with_draft(desk)
    context = {
        **_outline(desk, tailored, None),
        "words": tailored.words(desk.reader),
        "modules": tailored.modules_for(desk.reader),
        "left_out": [module for module in tailored.modules if _is_left_out(tailored, module, desk)],
    }
    return render(request, "cms/editions/preview.html", context)


@require_safe
@never_cache
@login_required
def module(request: HttpRequest, kind: str, slug: str, course_key, module_key) -> HttpResponse:
    """One module as the draft makes it, what the place added marked."""
    desk = desk_of(request, kind, slug, course_key)
    page, tailored = desk.modules.get(module_key), _with_draft(desk)
    if page is None:
        raise Http404
    resolved = tailored.resolve(page, desk.reader)
    reading = {"request": request, "standpoint": desk.reader, "preview": True}
    keys = [row.key for row in tailored.modules_for(desk.reader)]
    context = {
        **_outline(desk, tailored, page),
        "module": page,
        "resolved": resolved,
        "place": desk.reader.primary,
        "number": keys.index(page.translation_key) + 1 if page.translation_key in keys else None,
        "count": len(keys),
        "is_hidden": resolved.standing == HIDDEN,
        "drawn": [{"source": block.source, "html": block.render(reading)} for block in resolved.blocks],
    }
    return render(request, "cms/editions/preview_module.html", context)


def _with_draft(desk) -> tailoring.Tailoring:
    if desk.edition.pk is None:
        return desk.tailored
    return previews.with_draft(desk.tailored, edition=desk.draft)


def _is_left_out(tailored, module, desk) -> bool:
    return tailored.standing(module, desk.reader) == HIDDEN


def _outline(desk, tailored, current) -> dict:
    """The way through the preview: the modules that the place's staff get, each with its address."""
    urls = urls_of(desk)
    outline = [
        {
            "title": row.title,
            "number": number,
            "url": urls.preview_of(row.key),
            "note": _("%(minutes)s min") % {"minutes": row.minutes},
            "current": current is not None and row.key == current.translation_key,
        }
        for number, row in enumerate(tailored.modules_for(desk.reader), 1)
    ]
    here = next((step["number"] for step in outline if step["current"]), 0)
    return {
        "desk": desk,
        "course": desk.course,
        "urls": urls,
        "standpoint": desk.reader,
        "outline": outline,
        "before": outline[here - 2]["url"] if here > 1 else urls.preview,
        "after": outline[here]["url"] if here < len(outline) else "",
    }
