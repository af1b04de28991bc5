"""What an editor is told, on saving a module, of prompts that bring back what was written at earlier ones."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks.stream_block import StreamBlockValidationError

from cms import bringing_back
from cms.bringing_back import Mistake, Prompt


def error_on_saving(page, course, body) -> StreamBlockValidationError | None:
    """What is wrong with the names in ``body``, the new body of the module ``page`` of ``course``.

    Its own prompts must name earlier ones. A prompt of another module that named one of these must still find
    it; what was wrong over there before isn't held against this module.
    """
    before, after = _modules_round(page, course)
    new = _stored(body)
    mine = bringing_back.prompts_in(new, page.title)
    course_now = [*before, *mine, *after]
    mistakes = list(bringing_back.mistakes_in(course_now))
    block_errors = _at_blocks([mistake for mistake in mistakes if mistake.prompt in mine], new)
    lost = _lost(page, mine, mistakes)
    if not block_errors and not lost:
        return None
    return StreamBlockValidationError(block_errors=block_errors, non_block_errors=lost)


def _modules_round(page, course) -> tuple[list[Prompt], list[Prompt]]:
    """The prompts of the modules before ``page`` and after it, each as its newest draft has it."""
    before, after = [], []
    for sibling in course.get_children().specific():
        if sibling.pk == page.pk:
            continue
        if sibling.has_unpublished_changes:
            sibling = sibling.get_latest_revision_as_object()
        is_before = page.pk is None or sibling.path < page.path
        (before if is_before else after).extend(
            bringing_back.prompts_in(_stored(sibling.body), sibling.title)
        )
    return before, after


def _stored(body) -> list[dict]:
    return body.stream_block.get_prep_value(body)


def _at_blocks(mistakes: list[Mistake], stored: list[dict]) -> dict[int, ValidationError]:
    """The mistakes by the place of the block that they are in; of a passage, the block around it."""
    errors = {}
    for place, block in enumerate(stored):
        ids = {prompt.block_id for prompt in bringing_back.prompts_in([block], "")}
        words = [mistake.words for mistake in mistakes if mistake.prompt.block_id in ids]
        if words:
            errors[place] = ValidationError(words[0])
    return errors


def _lost(page, mine: list[Prompt], mistakes: list[Mistake]) -> list[str]:
    if page.pk is None:
        return []
    stored = _stored(type(page).objects.get(pk=page.pk).body)
    old = {prompt.anchor for prompt in bringing_back.prompts_in(stored, "")}
    kept = {prompt.anchor for prompt in mine}
    return [
        _("“%(name)s” has to stay: a prompt of “%(module)s” brings its answer back.")
        % {"name": name, "module": mistake.prompt.place}
        for mistake in mistakes
        if mistake.prompt not in mine
        for way, name in mistake.prompt.named
        if way == mistake.way and name in old - kept
    ]
