"""Captions as lines of a transcript, and films sent by the part that is asked for."""

import pytest
from django.core.files.storage import FileSystemStorage
from django.test import Client
from wagtail.documents import get_document_model

from cms import captions
from tests import factories

FILE = """\ufeffWEBVTT - A title

NOTE This is no cue
and goes on

STYLE
::cue { color: red }

first
00:00:01.500 --> 00:00:03.000 align:start
<v.loud Ms. Lund>I read it <i>twice</i>.

01:00:04.000 --> 01:00:06.250
Tom &amp; Ana:
“Again.”

00:10.000 --> 00:12.000

not a time --> at all
nothing
"""


def test_lines_are_read_with_their_times_and_voices():
    first, second = captions.parse(FILE.replace("\n", "\r\n"))
    assert (first.begins, first.ends, first.text, first.voice) == (1.5, 3.0, "I read it twice.", "Ms. Lund")
    assert (second.text, second.voice, second.at) == ("Tom & Ana: “Again.”", "", "1:00:04")


@pytest.mark.parametrize("text", ["", "WEBVTT", "not a caption file\n\n1\n00:00", "\x00\xff"])
def test_what_is_no_caption_file_has_no_lines(text):
    assert captions.parse(text) == ()


def test_a_file_that_is_gone_has_no_lines(db):
    document = factories.document(content="WEBVTT\n\n00:00.000 --> 00:01.000\nSoon gone.")
    document.get_file_hash()
    document.file.storage.delete(document.file.name)
    assert captions.cues_of(type(document).objects.get(pk=document.pk)) == ()


@pytest.fixture
def library(db, tmp_path, monkeypatch):
    """A library whose files lie on this machine."""
    storage = FileSystemStorage(location=tmp_path, base_url="/media/")
    monkeypatch.setattr(get_document_model()._meta.get_field("file"), "storage", storage)


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("asked", "status", "span", "content"),
    [
        ("bytes=0-3", 206, "bytes 0-3/100", b"0123"),
        ("bytes=98-", 206, "bytes 98-99/100", b"89"),
        ("bytes=-2", 206, "bytes 98-99/100", b"89"),
        ("bytes=95-999", 206, "bytes 95-99/100", b"56789"),
        ("bytes=100-", 416, "bytes */100", b""),
        ("bytes=-", 200, None, b"0123456789" * 10),
        ("lines=1-2", 200, None, b"0123456789" * 10),
        ("", 200, None, b"0123456789" * 10),
    ],
)
def test_a_player_gets_the_part_of_a_film_that_it_asks_for(asked, status, span, content):
    film = factories.document("film.webm", b"0123456789" * 10)
    answer = Client().get(film.url, headers={"range": asked} if asked else {})
    assert (answer.status_code, answer.headers.get("Content-Range")) == (status, span)
    assert b"".join(answer.streaming_content if answer.streaming else [answer.content]) == content


@pytest.mark.usefixtures("library")
def test_a_film_of_a_private_collection_is_kept_from_strangers_part_by_part():
    film = factories.document("film.webm", b"0123456789")
    private = film.collection.add_child(name="Private")
    private.view_restrictions.create(restriction_type="login")
    type(film).objects.filter(pk=film.pk).update(collection=private)
    assert Client().get(film.url, headers={"range": "bytes=0-3"}).status_code == 302
