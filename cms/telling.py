"""Telling that a course has changed, whatever way it was changed: the apps above, and editions' authors."""

from django.db.models.signals import post_delete, post_save
from wagtail import signals as wagtail

from cms import tasks
from cms.models import Audience, CoursePage, Edition, ModulePage
from cms.signals import course_changed


def listen() -> None:
    """Begin to listen; called once, when the app is ready."""
    for signal in (wagtail.page_published, wagtail.page_unpublished, post_delete):
        signal.connect(_course_changed, sender=CoursePage, dispatch_uid="cms.telling.course")
        signal.connect(_module_changed, sender=ModulePage, dispatch_uid="cms.telling.module")
    wagtail.page_published.connect(_translators_may_have_work, dispatch_uid="cms.telling.translators")
    wagtail.post_page_move.connect(_page_moved, dispatch_uid="cms.telling.move")
    for signal in (wagtail.published, wagtail.unpublished, post_delete):
        signal.connect(_edition_changed, sender=Edition, dispatch_uid="cms.telling.edition")
    for signal in (post_save, post_delete):
        signal.connect(_audience_changed, sender=Audience, dispatch_uid="cms.telling.audience")

    course_changed.connect(_editions_may_not_fit, dispatch_uid="cms.telling.authors")


def _translators_may_have_work(sender, instance, **kwargs):
    tasks.renew_source.delay_on_commit(instance.pk)


def _course_changed(sender, instance, **kwargs):
    course_changed.send(sender=CoursePage, course_key=instance.translation_key)


def _module_changed(sender, instance, **kwargs):
    _tell_course_at(_parent_path(instance.path))


def _page_moved(sender, instance, parent_page_before, parent_page_after, **kwargs):
    page = instance.specific
    if isinstance(page, CoursePage):
        _course_changed(sender, page)
    elif isinstance(page, ModulePage):
        for parent in {parent_page_before, parent_page_after}:
            course_changed.send(sender=CoursePage, course_key=parent.translation_key)


def _edition_changed(sender, instance, **kwargs):
    course_changed.send(sender=Edition, course_key=instance.course_key)


def _audience_changed(sender, **kwargs):
    course_changed.send(sender=Audience, course_key=None)


def _editions_may_not_fit(sender, course_key, **kwargs):
    # Who publishes an edition has just seen what of it fits.
    if sender is not Edition:
        tasks.tell_misfits.delay_on_commit(str(course_key) if course_key else None)


def _tell_course_at(path):
    # None when the course was deleted together with its modules; then it tells of itself.
    key = CoursePage.objects.filter(path=path).values_list("translation_key", flat=True).first()
    if key:
        course_changed.send(sender=ModulePage, course_key=key)


def _parent_path(path):
    return path[: -ModulePage.steplen]
