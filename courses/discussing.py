"""Discussing: the staff of one building talk about a prompt.

Off, until an editor allows it and a leader of the building opens it. Who may do what rests on positions
held today: who moves away reads no more, and what they wrote stays. A post is never made of a reflection by
the product; who wants to bring theirs copies it.
"""

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms import tailoring
from cms.standpoints import standpoint_of_building
from courses.completing import wording
from courses.models import Discussion, Enrollment, Post, PostRemoval, PostReport
from notices.models import Kind
from notices.telling import tell_each
from roster import audit
from roster.models import Building, Position, User

LIMIT = 5_000  # characters of a post
REASON_LENGTH = PostRemoval._meta.get_field("reason").max_length
State = Discussion.State


class NotOffered(Exception):
    """The building's course has no such prompt, or its editor doesn't allow a discussion there."""


class Shut(Exception):
    """The discussion is locked or closed: nothing is added or changed."""


class NothingSaid(ValueError):
    """No words, or no reason where one is due."""


class TooLong(ValueError):
    """More than :data:`LIMIT` characters."""


class TooDeep(Exception):
    """An answer can't be answered: answer the post that began it."""


class OwnPost(Exception):
    """Nobody judges their own post: another moderator does."""


# --- a discussion ----------------------------------------------------------------------------------------


def offers(building: Building) -> list[dict]:
    """The prompts that ``building`` could discuss: allowed by their editor, in courses that its staff take.

    Each as ``course``, ``module`` (pages), ``block`` (as the building gets it) and ``asked`` (its words).
    """
    standpoint = standpoint_of_building(building)
    taken = Enrollment.objects.filter(building=building).order_by().values_list("course_key", flat=True)
    found = []
    for course in tailoring.live_courses().filter(translation_key__in=taken.distinct()).order_by("title"):
        shelf = tailoring.load(course, standpoint)
        for module in shelf.modules_for(standpoint):
            blocks = shelf.resolve(module.page, standpoint).blocks
            found += [
                {"course": course, "module": module.page, "block": block, "asked": wording(block)}
                for block in blocks
                if allows(block)
            ]
    return found


def allows(block) -> bool:
    """Does the block's editor let buildings discuss it?"""
    return block.type == "reflection" and bool(block.value.get("discussion"))


def open_for(*, building: Building, module_key, block_id: str, by: User) -> Discussion:
    """Open a prompt to the staff of ``building``; opening again opens what was locked or closed.

    The caller finds ``building`` among those that ``by`` moderates (``scopes.buildings_moderated_by``).

    Raises:
        NotOffered: see there.
    """
    for offer in offers(building):
        if (str(offer["module"].translation_key), offer["block"].id) == (str(module_key), block_id):
            discussion = _open(building, offer, by)
            return set_state(discussion=discussion, state=State.OPEN, by=by)
    raise NotOffered(block_id)


def set_state(*, discussion: Discussion, state: str, by: User) -> Discussion:
    """Open, lock or close a discussion."""
    with transaction.atomic():
        changed = Discussion.objects.filter(pk=discussion.pk).exclude(state=state).update(state=state)
        if changed:
            audit.record(actor=by, action=f"set discussion {state}", subject=discussion)
    discussion.state = state
    return discussion


def moderators_of(building: Building) -> QuerySet[User]:
    """Who moderates in ``building`` today: who leads it, and the coaches who serve it or its district."""
    held = Position.objects.current().filter(
        Q(building=building, role__in=[*Position.LEADS_A_BUILDING, Position.Role.COACH])
        | Q(district=building.district_id, role=Position.Role.COACH)
    )
    return User.objects.filter(is_active=True, pk__in=held.order_by().values("person"))


# --- posts ------------------------------------------------------------------------------------------------


def post(*, discussion: Discussion, author: User, text: str, answers: Post | None = None) -> Post:
    """Say something, or answer a post. Who is answered is told.

    Raises:
        Shut, NothingSaid, TooLong, TooDeep: as they say.
    """
    text = _checked(discussion, text)
    if answers and answers.answers_id:
        raise TooDeep(answers)
    with transaction.atomic():
        # A second press of the button finds what the first one wrote.
        for mine in discussion.posts.filter(author=author, answers=answers, deleted_at=None).order_by("-pk")[
            :1
        ]:
            if mine.text == text:
                return mine
        written = Post.objects.create(discussion=discussion, author=author, text=text, answers=answers)
        if answers and answers.author_id != author.pk:
            _tell_of_answer(written)
    return written


def edit(*, post: Post, text: str) -> Post:
    """Change one's own words; the post says that it was edited.

    Raises:
        Shut, NothingSaid, TooLong: as they say.
    """
    text = _checked(post.discussion, text)
    if text != post.text:
        post.text, post.edited_at = text, timezone.now()
        post.save(update_fields=["text", "edited_at"])
    return post


def delete(*, post: Post) -> None:
    """Delete one's own post: its words are gone at once, its place stays. Works in a locked discussion too.

    Words that were reported stay until a moderator has looked, for the moderators only.
    """
    post.deleted_at = post.deleted_at or timezone.now()
    if not post.reports.filter(settled_at=None).exists() and not _is_removed(post):
        post.text = ""
    post.save(update_fields=["deleted_at", "text"])


def report(*, post: Post, by: User, why: str) -> PostReport:
    """Ask the moderators to look at a post; they are told. Reporting twice is once.

    Raises:
        NothingSaid: without a why nobody knows what to look for.
    """
    if not why.strip():
        raise NothingSaid("why")
    with transaction.atomic():
        found, is_new = PostReport.objects.get_or_create(
            post=post, by=by, defaults={"why": why.strip()[:REASON_LENGTH]}
        )
        if is_new and not post.reports.filter(settled_at=None).exclude(pk=found.pk).exists():
            _tell_moderators(found)
    return found


def leave_standing(*, post: Post, by: User) -> None:
    """Settle what was reported: the post stays.

    Raises:
        OwnPost: another moderator judges it.
    """
    _refuse_own(post, by)
    with transaction.atomic():
        if _settle(post, by):
            audit.record(actor=by, action="let post stand", subject=post)


def remove(*, post: Post, by: User, reason: str) -> PostRemoval:
    """Take a post away from everybody but the moderators; its author is told why. Again changes nothing.

    Raises:
        NothingSaid: there must be a reason.
        OwnPost: who wrote it deletes it.
    """
    _refuse_own(post, by)
    if not reason.strip():
        raise NothingSaid("reason")
    with transaction.atomic():
        removal, is_new = PostRemoval.objects.get_or_create(
            post=post, defaults={"by": by, "reason": reason.strip()[:REASON_LENGTH]}
        )
        if is_new:
            _settle(post, by)
            audit.record(actor=by, action="removed post", subject=post, details={"reason": removal.reason})
            _tell_author(removal)
    return removal


def bring_back(*, post: Post, by: User) -> None:
    """Undo a removal."""
    with transaction.atomic():
        if PostRemoval.objects.filter(post=post).delete()[0]:
            audit.record(actor=by, action="brought back post", subject=post)


def threads_of(discussion: Discussion) -> list[Post]:
    """The posts that begin a thread, each with its answers as ``thread``; authors and reports are known."""
    reported = Count("reports", filter=Q(reports__settled_at=None))
    rows = discussion.posts.select_related("author", "removal__by").prefetch_related("reports__by")
    rows = list(rows.annotate(reported=reported).order_by("posted_at", "pk"))
    beginnings = {row.pk: row for row in rows if row.answers_id is None}
    for row in rows:
        row.discussion, row.thread = discussion, []
    for row in rows:
        if row.answers_id:
            beginnings[row.answers_id].thread.append(row)
    return list(beginnings.values())


# --- private ----------------------------------------------------------------------------------------------


def _open(building, offer, by) -> Discussion:
    with transaction.atomic():
        discussion, is_new = Discussion.objects.get_or_create(
            building=building,
            module_key=offer["module"].translation_key,
            block_id=offer["block"].id,
            defaults={
                "course_key": offer["course"].translation_key,
                "course_title": offer["course"].title,
                "module_title": offer["module"].title,
                "prompt": offer["asked"],
                "opened_by": by,
            },
        )
        if is_new:
            audit.record(actor=by, action="opened discussion", subject=discussion)
    return discussion


def _checked(discussion, text) -> str:
    if not discussion.is_open:
        raise Shut(discussion)
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise NothingSaid("text")
    if len(text) > LIMIT:
        raise TooLong(len(text))
    return text


def _refuse_own(post, by):
    if post.author_id == by.pk:
        raise OwnPost(post)


def _is_removed(post) -> bool:
    return PostRemoval.objects.filter(post=post).exists()


def _settle(post, by) -> int:
    settled = post.reports.filter(settled_at=None).update(settled_at=timezone.now(), settled_by=by)
    if post.deleted_at and not _is_removed(post):
        Post.objects.filter(pk=post.pk).update(text="")
    return settled


def url_of(post: Post) -> str:
    """Where the post stands."""
    return f"{reverse('courses:discussion', args=[post.discussion_id])}#post-{post.pk}"


def _tell_of_answer(written):
    tell_each(
        people=[written.answers.author],
        kind=Kind.DISCUSSION,
        key=f"answered:{written.pk}",
        title=_("%(name)s answered you"),
        body=_("In the discussion of your building: “%(prompt)s”"),
        names={"name": written.author.full_name, "prompt": _short(written)},
        url=url_of(written),
    )


def _tell_moderators(reported):
    """Tell them once, however many report it; who reported it and who wrote it hear nothing of it."""
    post = reported.post
    tell_each(
        people=moderators_of(post.discussion.building).exclude(pk__in=[reported.by_id, post.author_id]),
        kind=Kind.DISCUSSION,
        key=f"reported:{reported.pk}",
        title=_("A post needs your look"),
        body=_("Somebody reported a post in the discussion “%(prompt)s”. Let it stand, or remove it."),
        names={"prompt": _short(post)},
        url=url_of(post),
    )


def _tell_author(removal):
    tell_each(
        people=[removal.post.author],
        kind=Kind.DISCUSSION,
        key=f"removed:{removal.post_id}:{removal.pk}",
        title=_("A post of yours was removed"),
        body=_("By %(name)s, with this reason: %(reason)s"),
        names={"name": removal.by.full_name, "reason": removal.reason},
        url=url_of(removal.post),
    )


def _short(post) -> str:
    prompt = post.discussion.prompt
    return prompt if len(prompt) < 120 else f"{prompt[:117].rstrip()} …"
