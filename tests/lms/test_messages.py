"""The interface's sentences: collected from code and templates, translated without damage, compiled."""

import polib
import pytest
from django.utils import translation

from lms import messages


@pytest.fixture(scope="module")
def sentences():
    """Everything that the code says, by sentence."""
    return {entry.msgid: entry for entry in messages.collected()}


def test_sentences_are_found_in_code_and_in_templates(sentences):
    assert "courses/playing.py" in dict(sentences["About %d minute left"].occurrences)
    assert sentences["About %d minute left"].msgid_plural == "About %d minutes left"
    assert "templates/components/site_header.html" in dict(sentences["Sign in"].occurrences)
    assert sentences["Module %(number)s of %(count)s"].flags == ["python-format"]


@pytest.mark.parametrize("language", messages.PLURALS)
def test_no_translation_is_uncertain_or_loses_a_placeholder(language):
    assert messages.problems_of(language) == []


@pytest.mark.parametrize("language", messages.COMPLETE)
def test_a_complete_language_says_every_sentence(language):
    assert messages.missing_in(language) == []


@pytest.mark.parametrize(
    ("words", "translation", "is_wrong"),
    [
        ("%(count)s parts", "%(count)s partes", False),
        ("%(count)s parts", "%(cuenta)s partes", True),
        ("%d parts", "partes", True),
        ("100%% done", "100%% hecho", False),
        ("Dear {name}", "Estimada persona", True),
    ],
)
def test_a_lost_or_invented_placeholder_is_told(words, translation, is_wrong):
    entry = polib.POEntry(msgid=words, msgstr=translation)
    assert bool(list(messages._wrong_placeholders(entry))) is is_wrong


def test_an_update_keeps_what_was_translated_and_drops_what_nobody_says(tmp_path, monkeypatch):
    monkeypatch.setattr(messages, "FOLDER", tmp_path)
    monkeypatch.setattr(messages, "collected", lambda: [polib.POEntry(msgid=word) for word in ("Yes", "No")])
    path = messages.po_path("es")
    path.parent.mkdir(parents=True)
    old = polib.POFile()
    old.extend([polib.POEntry(msgid="Yes", msgstr="Sí"), polib.POEntry(msgid="Gone", msgstr="Ido")])
    old.save(str(path))
    assert messages.update("es") == (1, 1)
    assert {entry.msgid: entry.msgstr for entry in polib.pofile(str(path))} == {"Yes": "Sí", "No": ""}
    assert messages.update("es") == (1, 1)


def test_the_site_speaks_what_is_compiled():
    with translation.override("es"):
        assert translation.gettext("My learning") == "Mi aprendizaje"
        assert (
            translation.ngettext("About %d minute left", "About %d minutes left", 3) % 3
            == "Quedan unos 3 minutos"
        )
