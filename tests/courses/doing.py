"""What a person does in a module, for tests that begin after it."""

from django.utils import timezone

from courses import checking, committing, questions, reflecting, studying


def finish(enrollment, resolved):
    """Do all that a module asks."""
    key = resolved.key
    for block in resolved.blocks:
        if block.type == "reflection":
            words = "word " * max(1, block.value["minimum_words"])
            reflecting.save(enrollment=enrollment, module_key=key, block_id=block.id, text=words, based_on=0)
        if block.type == "check":
            right = [str(c.id) for c in block.value["answers"].bound_blocks if c.value["correct"]]
            checking.answer(enrollment=enrollment, module_key=key, block_id=block.id, choices=right)
        if block.type == "pool":
            asked = questions.asked_at(block, enrollment_id=enrollment.pk, number=1)
            right = [id_ for one in asked for id_, value in one.answers.items() if value["correct"]]
            checking.answer(enrollment=enrollment, module_key=key, block_id=block.id, choices=right)
        if block.type == "action" and block.is_required:
            today = timezone.localdate()
            committing.commit(enrollment=enrollment, module_key=key, block_id=block.id, due_on=today)
    studying.mark_read(enrollment=enrollment, module_key=key)
