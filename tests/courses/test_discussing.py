"""A building's discussion: off by default, its staff's alone, and moderated by its principal or coach."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from courses import discussing, enrolling, reflecting
from courses.models import Discussion, Post
from courses.scopes import discussions_visible_to, posts_visible_to
from notices.models import Notice
from roster import appointing
from roster.models import AuditEntry, Position
from tests import factories


@pytest.fixture
def course(db):
    """A course whose first prompt may be discussed, and whose second may not."""
    course = factories.make_course("Foundations", modules=0)
    body = [factories.reflection("Whom do we leave out?", discussion=True), factories.reflection("And you?")]
    factories.make_module(course, title="First", body=body)
    return course


@pytest.fixture
def discussion(building, enrollment, first, principal):
    """Open at the teacher's building."""
    at = {"module_key": first.key, "block_id": first.blocks[0].id}
    return discussing.open_for(building=building, by=principal, **at)


@pytest.fixture
def colleague(building):
    """Another teacher of the building."""
    return factories.make_teacher(building, first_name="Anh", last_name="Pham")


@pytest.fixture
def post(discussion, teacher):
    """What the teacher said."""
    return discussing.post(discussion=discussion, author=teacher, text="Who isn't at the table?")


def _page(discussion) -> str:
    return reverse("courses:discussion", args=[discussion.pk])


def test_only_prompts_that_an_editor_allows_can_be_opened(building, enrollment, first, principal):
    assert [offer["asked"] for offer in discussing.offers(building)] == ["Whom do we leave out?"]
    with pytest.raises(discussing.NotOffered):
        discussing.open_for(
            building=building, by=principal, module_key=first.key, block_id=first.blocks[1].id
        )
    assert not discussing.offers(factories.BuildingFactory())  # nobody there takes it


def test_opening_twice_is_one_and_is_audited(discussion, building, principal, first):
    discussing.set_state(discussion=discussion, state="closed", by=principal)
    at = {"module_key": first.key, "block_id": first.blocks[0].id}
    again = discussing.open_for(building=building, by=principal, **at)
    assert (again.pk, again.state) == (discussion.pk, "open")
    actions = AuditEntry.objects.filter(subject_kind="discussion").values_list("action", flat=True)
    assert set(actions) == {"opened discussion", "set discussion closed", "set discussion open"}


def test_a_module_shows_the_way_to_its_buildings_talk_and_to_no_other(
    client_of, teacher, enrollment, first, discussion, post, django_assert_num_queries
):
    client = client_of(teacher)
    address = reverse("courses:module", args=[enrollment.pk, first.key])
    shown = client.get(address).content.decode()
    assert (
        _page(discussion) in shown and "Discussion at Heron Bend Middle School" in shown and "1 post" in shown
    )
    client.get(address)
    with django_assert_num_queries(6):
        client.get(address)
    elsewhere = factories.make_teacher(factories.BuildingFactory())
    other = enrolling.enroll(person=elsewhere, course=first.module.get_parent().specific)
    address = reverse("courses:module", args=[other.pk, first.key])
    assert "Discussion at" not in client_of(elsewhere).get(address).content.decode()


def test_without_script_people_talk_answer_and_change_their_words(client_of, teacher, colleague, discussion):
    client, other = client_of(teacher), client_of(colleague)
    assert client.post(_page(discussion), {"text": " "}).status_code == 422
    shown = client.post(_page(discussion), {"text": "Who isn't\r\nhere?"}, follow=True).content.decode()
    assert "Lucía García" in shown and "Who isn&#x27;t\nhere?" in shown
    said = Post.objects.get()
    client.post(_page(discussion), {"text": "Who isn't\r\nhere?"})  # a second press
    assert Post.objects.count() == 1
    assert "Answer Lucía García" in other.get(_page(discussion), {"answers": said.pk}).content.decode()
    other.post(_page(discussion), {"text": "The bus drivers.", "answers": said.pk})
    answer = Post.objects.get(answers=said)
    assert other.post(_page(discussion), {"text": "Deeper", "answers": answer.pk}).status_code == 404
    assert Notice.objects.get(person=teacher, kind="discussion").title == "Anh Pham answered you"
    client.post(reverse("courses:post", args=[said.pk]), {"text": "Who is missing?"})
    shown = other.get(_page(discussion)).content.decode()
    assert "Who is missing?" in shown and "edited" in shown
    client.post(reverse("courses:post_deletion", args=[said.pk]))
    shown = other.get(_page(discussion)).content.decode()
    assert "Its author deleted this post." in shown and "The bus drivers." in shown
    assert Post.objects.get(pk=said.pk).text == ""


def test_a_reflection_comes_in_only_by_being_copied(
    client_of, teacher, colleague, enrollment, first, discussion
):
    words = "I leave out the quiet ones."
    at = {"module_key": first.key, "block_id": first.blocks[0].id}
    reflection = reflecting.save(enrollment=enrollment, **at, text=words, based_on=0)
    reflecting.share(reflection=reflection, sharing="building")
    client = client_of(teacher)
    assert words not in client.get(_page(discussion)).content.decode()
    assert words in client.get(_page(discussion), {"with": "reflection"}).content.decode()
    assert words not in client_of(colleague).get(_page(discussion), {"with": "reflection"}).content.decode()
    assert not Post.objects.exists()


def test_a_report_reaches_the_moderators_and_a_removal_its_author(
    client_of, teacher, colleague, principal, coach, discussion, post
):
    report = reverse("courses:post_report", args=[post.pk])
    assert client_of(colleague).post(report, {"why": ""}).status_code == 422
    client_of(colleague).post(report, {"why": "It names a student."})
    told = Notice.objects.filter(title="A post needs your look")
    assert {notice.person for notice in told} == {principal, coach}
    shown = client_of(principal).get(_page(discussion)).content.decode()
    assert "It names a student." in shown
    assert "It names a student." not in client_of(teacher).get(_page(discussion)).content.decode()
    removal = reverse("courses:post_removal", args=[post.pk])
    assert client_of(principal).post(removal, {"reason": ""}).status_code == 422
    client_of(principal).post(removal, {"reason": "Please use initials."})
    assert "table" not in client_of(colleague).get(_page(discussion)).content.decode()
    assert "Please use initials." in client_of(teacher).get(_page(discussion)).content.decode()
    assert "table" in client_of(coach).get(_page(discussion)).content.decode()  # kept for the moderators
    assert "Please use initials." in Notice.objects.get(person=teacher).body
    entry = AuditEntry.objects.get(action="removed post")
    assert entry.actor == principal and "table" not in f"{entry.subject}{entry.details}"
    client_of(coach).post(reverse("courses:post_standing", args=[post.pk]))
    assert "table" in client_of(colleague).get(_page(discussion)).content.decode()


def test_nobody_judges_their_own_post(discussion, principal, coach):
    own = discussing.post(discussion=discussion, author=principal, text="Mine")
    with pytest.raises(discussing.OwnPost):
        discussing.remove(post=own, by=principal, reason="x")
    with pytest.raises(discussing.OwnPost):
        discussing.leave_standing(post=own, by=principal)
    discussing.remove(post=own, by=coach, reason="x")


def test_words_that_were_reported_and_then_deleted_wait_for_the_moderators(
    client_of, teacher, colleague, principal, discussion, post
):
    discussing.report(post=post, by=colleague, why="Look")
    discussing.delete(post=post)
    assert "table" in client_of(principal).get(_page(discussion)).content.decode()
    for person in (teacher, colleague):
        assert "table" not in client_of(person).get(_page(discussion)).content.decode()
    discussing.leave_standing(post=post, by=principal)
    assert Post.objects.get().text == ""


def test_locked_is_to_read_and_closed_is_for_moderators(client_of, teacher, principal, discussion, post):
    client = client_of(teacher)
    state = reverse("courses:discussion_state", args=[discussion.pk])
    client_of(principal).post(state, {"state": "locked"})
    assert "This discussion is locked" in client.get(_page(discussion)).content.decode()
    assert "Copy your words" in client.post(_page(discussion), {"text": "Too late"}).content.decode()
    assert Post.objects.count() == 1
    client_of(principal).post(state, {"state": "closed"})
    assert client.get(_page(discussion)).status_code == 404
    assert client_of(principal).get(_page(discussion)).status_code == 200


def test_who_moves_away_reads_no_more_and_their_words_stay(client_of, teacher, colleague, discussion, post):
    held = Position.objects.get(person=teacher)
    appointing.end_position(position=held, on=timezone.localdate() - datetime.timedelta(days=1))
    appointing.appoint(person=teacher, role="teacher", building=factories.BuildingFactory())
    client = client_of(teacher)
    assert client.get(_page(discussion)).status_code == 404
    assert client.get(reverse("courses:post", args=[post.pk])).status_code == 404
    shown = client_of(colleague).get(_page(discussion)).content.decode()
    assert "Lucía García" in shown and "Who isn&#x27;t at the table?" in shown


def test_nobody_outside_the_building_finds_it(discussion, post, building, district_admin, admin, editor):
    outsiders = [
        district_admin,
        admin,
        editor,
        factories.make_teacher(factories.BuildingFactory(district=building.district)),
        factories.make_person(Position.Role.COACH, building=factories.BuildingFactory()),
    ]
    for person in outsiders:
        assert not discussions_visible_to(person).exists()
        assert not posts_visible_to(person).exists()


def test_a_coach_of_the_district_serves_its_buildings(district, discussion):
    serving = factories.make_person(Position.Role.COACH, district=district)
    assert discussions_visible_to(serving).get() == discussion
    assert serving in discussing.moderators_of(discussion.building)


def test_a_discussion_costs_as_much_for_many_posts_as_for_one(
    client_of, teacher, principal, building, discussion, post, django_assert_max_num_queries
):
    client = client_of(principal)
    client.get(_page(discussion))
    for number in range(6):
        author = factories.make_teacher(building)
        one = discussing.post(discussion=discussion, author=author, text=f"Thought {number}")
        discussing.post(discussion=discussion, author=teacher, text="Yes", answers=one)
        discussing.report(post=one, by=teacher, why="Look")
    assert Discussion.objects.count() == 1
    with django_assert_max_num_queries(12):
        client.get(_page(discussion))
    with django_assert_max_num_queries(20):
        client.get(reverse("courses:discussions", args=[building.slug]))
