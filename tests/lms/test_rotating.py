"""Rotating keys: every text under the newest key, none lost, none overwritten."""

import pytest
from cryptography.fernet import Fernet
from django.core.management import call_command

from courses.encrypted import Unreadable
from courses.models import Enrollment, Reflection
from lms import rotating

OLD, NEW = (Fernet.generate_key().decode() for _ in range(2))


@pytest.fixture
def reflection(settings, teacher, course):
    """A reflection under the old key."""
    settings.REFLECTION_KEYS = [OLD]
    enrollment = Enrollment.objects.create(person=teacher, course_key=course.translation_key)
    return Reflection.objects.create(
        enrollment=enrollment, module_key=course.translation_key, block_id="b", prompt="Why?", text="Because."
    )


def test_after_rotating_the_old_key_can_go(settings, reflection):
    settings.REFLECTION_KEYS = [NEW, OLD]
    call_command("rotate_reflection_keys")
    settings.REFLECTION_KEYS = [NEW]
    assert Reflection.objects.get(pk=reflection.pk).text == "Because."


def test_a_key_that_is_missing_stops_it_and_changes_nothing(settings, reflection):
    settings.REFLECTION_KEYS = [NEW]
    with pytest.raises(Unreadable):
        call_command("rotate_reflection_keys")
    settings.REFLECTION_KEYS = [OLD]
    assert Reflection.objects.get(pk=reflection.pk).text == "Because."


def test_words_saved_meanwhile_are_kept(settings, reflection, monkeypatch):
    settings.REFLECTION_KEYS = [NEW, OLD]

    def save_then_reseal(sealed, reseal=rotating.reseal):
        Reflection.objects.filter(pk=reflection.pk).update(text="Newer words.")
        return reseal(sealed)

    monkeypatch.setattr(rotating, "reseal", save_then_reseal)
    call_command("rotate_reflection_keys")
    assert Reflection.objects.get(pk=reflection.pk).text == "Newer words."
