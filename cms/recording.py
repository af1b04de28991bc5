"""Recording: a row for each publish that gives readers something else; what it means is worked out later."""

from django.db.models.signals import post_delete, post_save, pre_save
from wagtail import signals as wagtail
from wagtail.log_actions import get_active_log_context

from cms import languages, tasks
from cms.changing import READ, state_of
from cms.models import Audience, ContentChange, CoursePage, Edition, ModulePage

_KINDS = {
    CoursePage: ContentChange.Kind.COURSE,
    ModulePage: ContentChange.Kind.MODULE,
    Edition: ContentChange.Kind.EDITION,
    Audience: ContentChange.Kind.AUDIENCE,
}


def listen() -> None:
    """Begin to listen; called once, when the app is ready."""
    for model in READ:
        pre_save.connect(_look_before, sender=model, dispatch_uid=f"cms.recording.before.{model.__name__}")
        post_delete.connect(_deleted, sender=model, dispatch_uid=f"cms.recording.delete.{model.__name__}")
    for model in (CoursePage, ModulePage):
        for signal in (wagtail.page_published, wagtail.page_unpublished):
            signal.connect(_published, sender=model, dispatch_uid=f"cms.recording.{model.__name__}")
    for signal in (wagtail.published, wagtail.unpublished):
        signal.connect(_published, sender=Edition, dispatch_uid="cms.recording.Edition")
    post_save.connect(_published, sender=Audience, dispatch_uid="cms.recording.Audience")


def newest_of(subject) -> ContentChange | None:
    """The last change of a page, edition or audience; None where it never changed for readers."""
    return ContentChange.objects.filter(kind=_KINDS[type(subject)], subject=_name(subject)).first()


def _look_before(sender, instance, update_fields=None, raw=False, **kwargs):
    # After the save nothing remembers what readers had. Saves of columns beside the content don't matter.
    if raw or (update_fields is not None and not set(update_fields) & set(READ[sender])):
        return
    row = sender._base_manager.filter(pk=instance.pk).first() if instance.pk else None
    instance.readers_had = state_of(row) if row else None


def _published(sender, instance, revision=None, raw=False, **kwargs):
    if not raw and hasattr(instance, "readers_had"):
        _record(instance, instance.readers_had, state_of(instance), revision)
        # Told twice of one save (by a caller that publishes again), there is nothing new.
        instance.readers_had = state_of(instance)


def _deleted(sender, instance, **kwargs):
    _record(instance, state_of(instance), None)


def _record(subject, before, after, revision=None):
    if before == after:
        return
    course_key = _course_key(subject)
    if course_key is None and not isinstance(subject, Audience):
        return
    change = ContentChange.objects.create(
        kind=_KINDS[type(subject)],
        subject=_name(subject),
        title=str(subject)[:255],
        course_key=course_key,
        by=get_active_log_context().user or (revision.user if revision else None),
        before=before,
        after=after,
    )
    subject.last_change = change
    tasks.work_out_change.delay_on_commit(change.pk)


def _name(subject) -> str:
    """What a change hangs on: a page's key, an edition's owner and course, an audience's short name.

    A translation's key has its language behind it: what changed there changed for its readers alone.
    """
    if isinstance(subject, Audience):
        return subject.slug
    if isinstance(subject, Edition):
        owner = (
            f"building:{subject.building_id}" if subject.building_id else f"district:{subject.district_id}"
        )
        return f"{subject.course_key}:{owner}"
    key = str(subject.translation_key)
    return f"{key}:{subject.locale.language_code}" if languages.is_translation(subject) else key


def _course_key(subject):
    if isinstance(subject, Audience):
        return None
    if isinstance(subject, Edition):
        return subject.course_key
    if isinstance(subject, CoursePage):
        return subject.translation_key
    path = subject.path[: -ModulePage.steplen]
    # None when the course was deleted together with its modules; then its own row says so.
    return CoursePage.objects.filter(path=path).values_list("translation_key", flat=True).first()
