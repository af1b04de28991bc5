"""What Heron Bend talks about: a discussion that is under way, and a post in it that was reported."""

import datetime

import yaml
from django.conf import settings
from django.utils import timezone

from courses import discussing
from courses.models import Discussion, Post
from notices.models import Notice
from roster.models import Building, User


def write() -> None:
    """Let it have been said."""
    story = yaml.safe_load((settings.BASE_DIR / "fixtures" / "region" / "talk.yaml").read_text())
    building = Building.objects.get(slug=story["building"])
    offers = discussing.offers(building)
    offer = next(offer for offer in offers if offer["block"].value["anchor"] == story["prompt"])
    at = {"module_key": offer["module"].translation_key, "block_id": offer["block"].id}
    discussion = discussing.open_for(building=building, by=_person(story["opened_by"]), **at)
    opened_at = timezone.now() - datetime.timedelta(days=17)
    Discussion.objects.filter(pk=discussion.pk).update(opened_at=opened_at)
    for said in story["posts"]:
        begun = _say(discussion, said)
        for answer in said.get("answers", ()):
            _say(discussion, answer, answers=begun)


def _say(discussion: Discussion, said: dict, answers: Post | None = None) -> Post:
    author, text = _person(said["by"]), said["text"].strip()
    post = discussing.post(discussion=discussion, author=author, text=text, answers=answers)
    # What is said later on one day stands below what was said earlier.
    later = datetime.timedelta(minutes=17 * discussion.posts.count())
    post.posted_at = timezone.now() - datetime.timedelta(days=said["days_ago"]) + later
    post.edited_at = post.posted_at if said.get("edited") else None
    post.save(update_fields=["posted_at", "edited_at"])
    if reported := said.get("reported"):
        discussing.report(post=post, by=_person(reported["by"]), why=reported["why"])
    # Who was answered has read of it long since.
    told = Notice.objects.filter(key=f"answered:{post.pk}")
    told.update(told_at=post.posted_at, read_at=post.posted_at)
    return post


def _person(email: str) -> User:
    return User.objects.get(email=email)
