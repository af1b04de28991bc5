"""The discussions of a building: opened, read, added to, moderated. Who isn't of it finds nothing here."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from courses import discussing
from courses.forms import PostForm, RemovalForm, ReportForm
from courses.models import Discussion, Post
from courses.scopes import (
    buildings_moderated_by,
    buildings_talked_in_by,
    discussions_visible_to,
    may_moderate,
    own_reflections,
    posts_visible_to,
)
from roster.models import Position

READ = ["GET", "HEAD", "POST"]


@login_required
@never_cache
@require_http_methods(["GET", "HEAD"])
def index(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a building's discussions, and to who moderates them what could be opened."""
    building = get_object_or_404(buildings_talked_in_by(request.user), slug=slug)
    moderates = may_moderate(request.user, building)
    still = Q(posts__deleted_at=None, posts__removal=None)
    reported = Q(posts__reports__settled_at=None, posts__reports__isnull=False)
    rows = discussions_visible_to(request.user).filter(building=building)
    rows = rows.annotate(
        count=Count("posts", filter=still, distinct=True),
        waiting=Count("posts", filter=reported, distinct=True),
    )
    discussions = list(rows.order_by("-opened_at"))
    known = {(str(row.module_key), row.block_id) for row in discussions}
    offers = discussing.offers(building) if moderates else []
    context = {
        "building": building,
        "moderates": moderates,
        "discussions": discussions,
        "offers": [offer for offer in offers if _identity(offer) not in known],
    }
    return render(request, "courses/discussions.html", context)


@login_required
@require_POST
def create(request: HttpRequest, slug: str) -> HttpResponse:
    """Open a prompt to the building's staff."""
    building = get_object_or_404(buildings_moderated_by(request.user), slug=slug)
    at = {"module_key": request.POST.get("module", ""), "block_id": request.POST.get("block", "")}
    try:
        discussion = discussing.open_for(building=building, by=request.user, **at)
    except discussing.NotOffered:
        return HttpResponse(_("This prompt can't be discussed any more."), status=422)
    messages.success(request, _("It is open. Say something first: a question that you have yourself."))
    return redirect("courses:discussion", discussion.pk)


@login_required
@never_cache
@require_http_methods(READ)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a discussion; a POST says something in it, or answers a post."""
    discussion = _visible(request, pk)
    form = PostForm(request.POST or None, initial={"text": _brought(request, discussion)})
    answered = _answered(request, discussion)
    if request.method == "POST" and form.is_valid():
        said = {"text": form.cleaned_data["text"], "answers": answered}
        try:
            written = discussing.post(discussion=discussion, author=request.user, **said)
        except discussing.Shut:
            messages.error(
                request, _("This discussion was locked meanwhile. Copy your words if you need them.")
            )
        else:
            return redirect(discussing.url_of(written))
    return render(
        request, "courses/discussion.html", _page(request, discussion, form, answered), status=_status(form)
    )


@login_required
@require_POST
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """Open, lock or close it."""
    discussion = _moderated(request, _visible(request, pk))
    wish = request.POST.get("state", "")
    if wish not in Discussion.State.values:
        return HttpResponse(status=422)
    discussing.set_state(discussion=discussion, state=wish, by=request.user)
    return redirect("courses:discussion", pk)


@login_required
@never_cache
@require_http_methods(READ)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one's own post."""
    post = _own(request, pk)
    form = PostForm(request.POST or None, initial={"text": post.text})
    if request.method == "POST" and form.is_valid():
        try:
            discussing.edit(post=post, text=form.cleaned_data["text"])
        except discussing.Shut:
            messages.error(request, _("This discussion is locked: nothing in it can be changed."))
        return redirect(discussing.url_of(post))
    context = {"post": post, "form": form, "heading": _("Change your post"), "label": _("Keep it")}
    return render(request, "courses/post_form.html", context, status=_status(form))


@login_required
@require_http_methods(READ)
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, and delete one's own post."""
    post = _own(request, pk)
    if request.method == "POST":
        discussing.delete(post=post)
        messages.success(request, _("Your post is deleted."))
        return redirect("courses:discussion", post.discussion_id)
    return render(request, "courses/post_delete.html", {"post": post, "back_url": discussing.url_of(post)})


@login_required
@require_http_methods(READ)
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the moderators to look at somebody else's post."""
    post = _found(request, pk)
    if post.author_id == request.user.pk:
        raise Http404
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        discussing.report(post=post, by=request.user, why=form.cleaned_data["why"])
        messages.success(request, _("Thank you. The moderators of your building are told."))
        return redirect(discussing.url_of(post))
    context = {
        "post": post,
        "form": form,
        "heading": _("Report this post"),
        "label": _("Tell the moderators"),
    }
    return render(request, "courses/post_form.html", context, status=_status(form))


@login_required
@require_http_methods(READ)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take somebody else's post away, with a reason."""
    post = _judged(request, pk)
    form = RemovalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        discussing.remove(post=post, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("The post is removed, and its author is told why."))
        return redirect(discussing.url_of(post))
    context = {
        "post": post,
        "form": form,
        "heading": _("Remove this post"),
        "label": _("Remove it"),
        "harsh": True,
    }
    return render(request, "courses/post_form.html", context, status=_status(form))


@login_required
@require_POST
def stand(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a reported post stand, or bring a removed one back."""
    post = _judged(request, pk)
    discussing.leave_standing(post=post, by=request.user)
    discussing.bring_back(post=post, by=request.user)
    return redirect(discussing.url_of(post))


# --- finding ------------------------------------------------------------------------------------------


def _visible(request, pk) -> Discussion:
    rows = discussions_visible_to(request.user).select_related("building")
    return get_object_or_404(rows, pk=pk)


def _moderated(request, discussion) -> Discussion:
    if not may_moderate(request.user, discussion.building):
        raise Http404
    return discussion


def _found(request, pk) -> Post:
    rows = posts_visible_to(request.user).select_related("discussion__building", "author")
    return get_object_or_404(rows, pk=pk)


def _own(request, pk) -> Post:
    post = _found(request, pk)
    if post.author_id != request.user.pk or post.deleted_at:
        raise Http404
    return post


def _judged(request, pk) -> Post:
    """A post that this person may judge: in a building that they moderate, and not their own."""
    post = _found(request, pk)
    if post.author_id == request.user.pk:
        raise Http404
    _moderated(request, post.discussion)
    return post


def _answered(request, discussion) -> Post | None:
    """The post that is answered: one that begins a thread here, and is still to be read."""
    wanted = request.POST.get("answers") or request.GET.get("answers")
    if not wanted:
        return None
    if not wanted.isdecimal():
        raise Http404
    rows = discussion.posts.filter(answers=None, deleted_at=None, removal=None)
    return get_object_or_404(rows, pk=wanted)


def _brought(request, discussion) -> str:
    """The person's own reflection on the prompt, when they ask to copy it into the field."""
    if request.GET.get("with") != "reflection":
        return ""
    return getattr(_reflection(request, discussion), "text", "")


def _reflection(request, discussion):
    at = {"module_key": discussion.module_key, "block_id": discussion.block_id}
    return own_reflections(request.user).filter(**at).exclude(words=0).order_by("-saved_at").first()


def _page(request, discussion, form, answered) -> dict:
    held = Position.objects.current().filter(person__in=discussing.moderators_of(discussion.building))
    return {
        "discussion": discussion,
        "building": discussion.building,
        "threads": discussing.threads_of(discussion),
        "moderates": may_moderate(request.user, discussion.building),
        "moderators": set(held.values_list("person_id", flat=True)),
        "has_reflection": _reflection(request, discussion) is not None,
        "form": form,
        "answered": answered,
    }


def _status(form) -> int:
    return 422 if form.is_bound else 200


def _identity(offer) -> tuple[str, str]:
    return str(offer["module"].translation_key), offer["block"].id
