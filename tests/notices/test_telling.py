"""Telling: once, by email as each person wishes, whatever fails on the way."""

import datetime

import pytest
from django.core import mail
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy

from notices import choosing, emailing, tasks, telling
from notices.models import Kind, Notice
from tests.factories import PersonFactory


def tell(person, key="due:1", **facts):
    words = {"title": "A course is due", "body": "On Friday.", "url": "/learning/", **facts}
    telling.tell_each(people=[person], kind=Kind.DUE, key=key, **words)
    return person.notices.get(key=key)


def test_telling_twice_is_one_notice_and_one_email(teacher, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        first, second = tell(teacher), tell(teacher, title="Said again")
    tasks.send_waiting()

    assert first == second
    assert teacher.notices.get().title == "A course is due"
    assert [message.to for message in mailoutbox] == [[teacher.email]]


def test_the_same_key_for_two_people_is_two_notices(teacher, principal):
    assert tell(teacher) != tell(principal)


def test_the_email_says_it_in_text_and_html_and_escapes_what_people_typed(teacher, mailoutbox):
    teacher.first_name = "<b>Lu</b>"
    teacher.save()
    notice = tell(teacher, title="Read\n<script>x</script>", body="<i>Now</i>")

    emailing.send(notice)

    (message,) = mailoutbox
    html = message.alternatives[0].content
    assert message.subject == "Read <script>x</script>"
    assert "http://localhost:8000/learning/" in message.body
    assert "<b>Lu</b>" in message.body
    assert "<script>x" not in html
    assert "<i>Now" not in html
    assert "&lt;b&gt;Lu" in html
    assert 'style="' in html
    assert "<style" not in html
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert emailing.unsubscribe_url_for(teacher, Kind.DUE) in message.extra_headers["List-Unsubscribe"]


def test_who_wants_no_email_of_a_kind_gets_none_even_of_what_waits(
    teacher, mailoutbox, django_capture_on_commit_callbacks
):
    waiting = tell(teacher, key="waiting")
    choosing.choose(person=teacher, kinds=set(Kind.values) - {Kind.DUE})

    with django_capture_on_commit_callbacks(execute=True):
        tell(teacher)
        telling.tell_each(people=[teacher], kind=Kind.CERTIFICATE, key="c", title="Ready")
    assert emailing.send(waiting) is False

    assert [message.subject for message in mailoutbox] == ["Ready"]
    assert telling.unread_count(teacher) == 3


def test_a_closed_account_gets_no_email(teacher, mailoutbox):
    notice = tell(teacher)
    type(teacher).objects.filter(pk=teacher.pk).update(is_active=False)

    assert emailing.send(notice) is False
    assert mailoutbox == []


def test_what_is_being_sent_is_not_sent_again_until_its_worker_must_be_dead(teacher, mailoutbox):
    notice = tell(teacher)
    Notice.objects.update(email_claimed_at=timezone.now())
    assert emailing.send(notice) is False
    assert emailing.send_waiting() == 0

    Notice.objects.update(
        email_claimed_at=timezone.now() - emailing.CLAIM_LASTS - datetime.timedelta(seconds=1)
    )
    assert emailing.send_waiting() == 1
    assert emailing.send_waiting() == 0
    assert len(mailoutbox) == 1


def test_one_address_that_fails_holds_up_nobody_and_is_tried_again(teacher, principal, monkeypatch, caplog):
    for person in (teacher, principal):
        tell(person)
    deliver = mail.EmailMultiAlternatives.send

    def fail_for_the_teacher(message, *args, **kwargs):
        if message.to == [teacher.email]:
            raise ConnectionError("no such server")
        return deliver(message, *args, **kwargs)

    with monkeypatch.context() as broken:
        broken.setattr(mail.EmailMultiAlternatives, "send", fail_for_the_teacher)
        assert emailing.send_waiting() == 1
        with pytest.raises(ConnectionError):
            emailing.send(teacher.notices.get())
    assert "could not be sent" in caplog.text

    assert emailing.send_waiting() == 1
    assert not Notice.objects.filter(emailed_at=None).exists()


def test_old_news_is_not_sent_any_more(teacher, mailoutbox):
    tell(teacher)
    Notice.objects.update(told_at=timezone.now() - emailing.STALE_AFTER - datetime.timedelta(hours=1))

    assert emailing.send_waiting() == 0


@pytest.mark.parametrize("count", [2, 40])
def test_telling_many_costs_the_same_for_any_number(
    db, count, django_assert_num_queries, django_capture_on_commit_callbacks, mailoutbox
):
    people = PersonFactory.create_batch(count)
    tell(people[0], key="all")
    choosing.silence(person=people[1], kind=Kind.DUE)

    with django_assert_num_queries(4):  # preferences, savepoint, insert, release
        telling.tell_each(people=people, kind=Kind.DUE, key="all", title="To all")
    assert Notice.objects.filter(key="all").count() == count

    with django_capture_on_commit_callbacks(execute=True):
        telling.tell_each(people=people, kind=Kind.DUE, key="all", title="To all")
    assert len(mailoutbox) == count - 1


def test_the_bell_is_one_query(teacher, django_assert_num_queries):
    tell(teacher)
    with django_assert_num_queries(1):
        assert telling.unread_count(teacher) == 1


def test_each_hears_it_in_their_own_language_for_a_few_queries(db, django_assert_num_queries):
    people = [PersonFactory(language=language) for language in ("en", "es", "es", "en")]
    day = lazy(lambda: date_format(datetime.date(2027, 3, 1)), str)

    with django_assert_num_queries(2 * 4):  # for each language: who wants no email, and the notices at once
        telling.tell_each(
            people=people,
            kind=Kind.ENGAGEMENT,
            key="due:3",
            title=gettext_lazy("In “%(title)s”: due tomorrow"),
            body=gettext_lazy("You took something on by the end of %(day)s."),
            names={"title": "100% of us", "day": day()},
        )

    said = [(notice.title, notice.body) for notice in Notice.objects.order_by("person")]
    english = ("In “100% of us”: due tomorrow", "You took something on by the end of March 1, 2027.")
    assert said[0] == said[3] == english
    assert said[1] == said[2]
    assert said[1][0] == "En “100% of us”: vence mañana"
    assert "1 de marzo" in said[1][1]
