"""What a team says beside a step: to whom, once, and by whom it is changed and settled."""

import pytest
from django.urls import reverse

from engagements import joining, talking
from engagements.models import Comment, Member
from notices.models import Notice
from tests.engagements import making


@pytest.fixture
def step(version):
    """The one step."""
    return version.plan.step("look")


@pytest.fixture
def said(lead, maria, step):
    """What the lead said to Maria."""
    return talking.say(by=lead, step=step, text="Who was asked?", mentions=[maria])


def address(engagement, name, *args):
    """An address at the step."""
    return reverse(f"engagements:{name}", args=[engagement.pk, "look", *args])


def test_who_is_called_is_told_once_and_without_the_words(said, lead, maria):
    talking.rewrite(comment=said, by=lead, text="Who was not asked?", mentions=[maria])
    notice = Notice.objects.get(person=maria.person, key__startswith="mention:")
    assert "asked" not in notice.title + notice.body
    assert notice.url.endswith("/steps/look/#comments")


def test_only_who_reads_the_whole_of_it_can_be_called(lead, step, engagement, coach, building):
    guest = joining.add(engagement=engagement, by=coach, role=Member.Role.GUEST, name="Rosa")
    stranger = making.make_engagement(building).members.first()
    for one in (guest, stranger):
        with pytest.raises(talking.CannotBeCalled):
            talking.say(by=lead, step=step, text="Rosa?", mentions=[one])
    assert not Comment.objects.exists()


def test_nobody_changes_another_ones_words(said, maria, client_of, engagement):
    for change in (
        lambda: talking.rewrite(comment=said, by=maria, text="Nobody.", mentions=[]),
        lambda: talking.take_out(comment=said, by=maria),
    ):
        with pytest.raises(talking.NotTheirs):
            change()
    url = address(engagement, "comment", said.pk)
    assert client_of(maria.person).post(url, {"out": "1"}).status_code == 404


def test_it_is_said_read_changed_and_taken_out_by_forms(client_of, engagement, principal, maria):
    client = client_of(principal)
    posted = {"text": "Who <b>was</b> asked?", "mentions": [maria.pk]}
    client.post(address(engagement, "comment_new"), posted)
    page = client_of(maria.person).get(address(engagement, "step")).content.decode()
    assert "Who &lt;b&gt;was&lt;/b&gt; asked?" in page
    assert "@Maria Solano" in page
    comment = Comment.objects.get()
    client.post(address(engagement, "comment", comment.pk), {"text": "Who else?"})
    assert Comment.objects.get().text == "Who else?"
    client.post(address(engagement, "comment", comment.pk), {"out": "1"})
    assert not Comment.objects.exists()


def test_anybody_in_the_team_settles_it_and_opens_it_again(said, client_of, engagement, maria):
    client, url = client_of(maria.person), address(engagement, "comment_settled", said.pk)
    client.post(url)
    said.refresh_from_db()
    assert said.settled_by == maria
    assert "1 comment is settled" in client.get(address(engagement, "step")).content.decode()
    client.post(url, {"again": "1"})
    said.refresh_from_db()
    assert said.settled_at is None


def test_who_looks_on_reads_and_says_nothing(said, client_of, engagement, district_admin):
    client = client_of(district_admin)
    assert "Who was asked?" in client.get(address(engagement, "step")).content.decode()
    assert client.post(address(engagement, "comment_new"), {"text": "Me."}).status_code == 404
