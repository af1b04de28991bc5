"""Translating: what Wagtail's translators see of a source and its translations, kept true.

Editors translate in wagtail-localize, which works from a frozen copy of the source and the sentences of the
translation, not from the pages. So a source that is published anew has its copy renewed, and its
translations say that they wait; and a translation that came from a file has its sentences taken up.
Readers keep the last published translation all the while.
"""

from collections import defaultdict

from django.db import transaction
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments


def renew_source(pk: int) -> None:
    """Say in the admin what of a published source waits for its translators; nothing where it has none."""
    page = Page.objects.filter(pk=pk).first()
    source = TranslationSource.objects.get_for_instance_or_none(page.specific) if page else None
    if source and source.translations.exists():
        source.update_from_db()


def take_up(pk: int, language: str) -> int:
    """Take up the words of a translated page as translations of its source's sentences; say how many.

    A field whose translation has more or fewer sentences than the source is left to the translators.
    """
    page, locale = Page.objects.get(pk=pk).specific, Locale.objects.get(language_code=language)
    target = page.get_translation_or_none(locale)
    if target is None:
        return 0
    with transaction.atomic():
        source, _changed = TranslationSource.update_or_create_from_instance(page)
        translation, _is_new = Translation.objects.get_or_create(source=source, target_locale=locale)
        translation.enabled = True
        translation.save(update_fields=["enabled"])
        ours, theirs = defaultdict(list), defaultdict(list)
        segments = StringSegment.objects.filter(source=source).select_related("string", "context")
        for segment in segments.order_by("order"):
            ours[segment.context.path].append(segment)
        for value in extract_segments(target.specific):
            if isinstance(value, StringSegmentValue):
                theirs[value.path].append(value.string.data)
        taken = 0
        for path, found in ours.items():
            if len(found) == len(theirs[path]):
                for segment, words in zip(found, theirs[path], strict=True):
                    _keep(segment, locale, words)
                    taken += 1
    return taken


def _keep(segment: StringSegment, locale: Locale, words: str) -> None:
    StringTranslation.objects.update_or_create(
        translation_of=segment.string, locale=locale, context=segment.context, defaults={"data": words}
    )
