"""Editions as verbs: drafts, PSESD's word on them, what no longer fits."""

import pytest
from django.core.management import call_command
from wagtail.models import TaskState

from cms import approving, authors, editions, fitting, tailoring
from cms.approving import State
from cms.models import Audience, Edition, ModulePage
from cms.standpoints import standpoint_of_building
from courses import enrolling, studying
from notices.models import Notice
from roster.models import AuditEntry
from tests import factories


@pytest.fixture
def groups(db, editor):
    """Wagtail's groups and the workflow of editions, with an editor in them."""
    call_command("setup_groups", verbosity=0)


@pytest.fixture
def local_course(db):
    """A course with one module that has a place for the building's words between two texts."""
    course = factories.make_course("Local", modules=0)
    place = factories.block("local", anchor="our-words", name="Your own example", otherwise=[])
    body = [factories.text("Before."), place, factories.reflection("What did you see?")]
    factories.make_module(course, title="One", body=body)
    return course


def module_of(course) -> ModulePage:
    return ModulePage.objects.child_of(course).first()


def without_places(module) -> None:
    kept = [block for block in module.body.raw_data if block["type"] != "local"]
    module.body = ModulePage._meta.get_field("body").to_python(factories.body_json(kept))


def addition(module, *blocks, place="end") -> dict:
    value = {"module": module.pk, "place": place, "blocks": list(blocks)}
    return {**factories.block("addition"), "value": value}


def words(*changes, welcome="Welcome, all.") -> editions.Words:
    return editions.Words(
        welcome=welcome, goal="", credit="", due_in_days=None, order=[], changes=list(changes)
    )


def write(building, course, by, *changes, **said) -> Edition:
    edition = editions.edition_of(course.translation_key, building)
    based_on = edition.latest_revision_id
    return editions.save(edition=edition, words=words(*changes, **said), based_on=based_on, by=by)


def state(edition) -> State:
    edition.refresh_from_db()
    return approving.state_of(edition, approving.review_of(edition))


def decide(edition, by, *, approve, comment=""):
    task = approving.review_of(edition).current_task_state
    (task.approve if approve else task.reject)(user=by, comment=comment)


def approved(building, course, by, editor, *changes, **said) -> Edition:
    edition = write(building, course, by, *changes, **said)
    approving.send(edition=edition, by=by)
    decide(edition, editor, approve=True)
    edition.refresh_from_db()
    return edition


def read_at(building, course) -> str:
    resolved = tailoring.resolve(module_of(course), standpoint_of_building(building))
    return " ".join(block.render({}) for block in resolved.blocks)


def test_a_draft_changes_nothing_for_staff(building, principal, course):
    edition = write(building, course, principal)
    assert state(edition) == State.DRAFT
    assert tailoring.edition_for(course, standpoint_of_building(building)) is None
    assert AuditEntry.objects.get(action="began edition").actor == principal


def test_sent_back_corrected_approved_and_live_for_that_building_alone(
    building, principal, editor, course, groups
):
    other = factories.BuildingFactory(district=building.district)
    edition = write(building, course, principal, addition(module_of(course), factories.text("Ours, firts.")))
    approving.send(edition=edition, by=principal)
    assert state(edition) == State.SENT
    assert Notice.objects.get(person=editor).key.startswith("edition-sent:")

    decide(edition, editor, approve=False, comment="There is a slip in the first line.")
    assert state(edition) == State.RETURNED
    told = Notice.objects.get(person=principal)
    assert told.body == "There is a slip in the first line."
    assert told.url == authors.address(edition)
    assert "Ours" not in read_at(building, course)

    edition = write(building, course, principal, addition(module_of(course), factories.text("Ours, first.")))
    approving.send(edition=edition, by=principal)
    decide(edition, editor, approve=True)
    assert state(edition) == State.LIVE
    assert "Ours, first." in read_at(building, course)
    assert "Ours" not in read_at(other, course)
    assert Notice.objects.filter(person=principal).count() == 2
    actions = ["began edition", "sent edition", "sent back edition", "wrote edition", "sent edition"]
    actions.append("approved edition")
    kept = AuditEntry.objects.filter(subject_kind="edition").order_by("pk")
    assert list(kept.values_list("action", flat=True)) == actions


def test_approval_recounts_who_is_under_way(
    building, principal, teacher, editor, course, groups, django_capture_on_commit_callbacks
):
    enrollment = enrolling.enroll(person=teacher, course=course)
    for module in ModulePage.objects.child_of(course):
        studying.open_module(enrollment=enrollment, module_key=module.translation_key)
    first = module_of(course)
    left_out = {**factories.block("standing"), "value": {"module": first.pk, "standing": "hidden"}}
    studying.mark_read(
        enrollment=enrollment, module_key=ModulePage.objects.child_of(course)[1].translation_key
    )
    enrollment.refresh_from_db()
    assert enrollment.completed_at is None
    with django_capture_on_commit_callbacks(execute=True):
        approved(building, course, principal, editor, left_out)
    enrollment.refresh_from_db()
    assert enrollment.completed_at


def test_an_older_tab_never_overwrites_newer_words(building, principal, course):
    first = write(building, course, principal)
    old = first.latest_revision_id
    write(building, course, principal, welcome="Newer.")
    with pytest.raises(editions.Stale) as stale:
        editions.save(edition=first, words=words(welcome="Older."), based_on=old, by=principal)
    assert stale.value.current.welcome == "Newer."
    first.refresh_from_db()
    assert editions.draft_of(first).welcome == "Newer."


def test_saving_what_is_there_makes_no_newer_draft(building, principal, editor, course, groups):
    change = addition(module_of(course), factories.text("Ours."))
    edition = approved(building, course, principal, editor, change)
    write(building, course, principal, *edition.changes.raw_data)
    assert state(edition) == State.LIVE


def test_two_first_saves_make_one_edition(building, principal, course):
    blank = editions.edition_of(course.translation_key, building)
    editions.save(edition=blank, words=words(), based_on=None, by=principal)
    with pytest.raises(editions.Stale):
        editions.save(edition=blank, words=words(), based_on=None, by=principal)
    assert Edition.objects.count() == 1


def test_what_psesd_reads_is_not_changed_until_it_is_taken_back(building, principal, course, groups):
    edition = write(building, course, principal)
    approving.send(edition=edition, by=principal)
    with pytest.raises(approving.InReview):
        approving.send(edition=edition, by=principal)
    with pytest.raises(approving.InReview):
        write(building, course, principal, welcome="Meanwhile.")
    approving.take_back(edition=edition, by=principal)
    with pytest.raises(approving.NotInReview):
        approving.take_back(edition=edition, by=principal)
    write(building, course, principal, welcome="At leisure.")
    assert state(edition) == State.DRAFT


def test_only_what_is_new_is_sent(building, principal, editor, course, groups):
    edition = approved(building, course, principal, editor)
    with pytest.raises(approving.NothingToSend):
        approving.send(edition=edition, by=principal)


def test_a_newer_draft_waits_beside_what_is_live(building, principal, editor, course, groups):
    edition = approved(building, course, principal, editor)
    write(building, course, principal, welcome="Next year.")
    assert state(edition) == State.NEWER
    said = tailoring.edition_for(course, standpoint_of_building(building))
    assert said.welcome == "Welcome, all."


def test_an_edition_is_taken_down_and_kept_as_a_draft(building, principal, editor, course, groups):
    edition = approved(building, course, principal, editor)
    editions.take_down(edition=edition, by=principal)
    assert state(edition) == State.DRAFT
    assert tailoring.edition_for(course, standpoint_of_building(building)) is None
    assert editions.draft_of(edition).welcome == "Welcome, all."
    with pytest.raises(editions.NotLive):
        editions.take_down(edition=edition, by=principal)
    approving.send(edition=edition, by=principal)
    decide(edition, editor, approve=True)
    assert state(edition) == State.LIVE


def test_authors_get_no_mail_that_leads_into_the_admin(
    building, principal, editor, course, groups, mailoutbox
):
    edition = write(building, course, principal)
    approving.send(edition=edition, by=principal)
    decide(edition, editor, approve=False, comment="Shorter, please.")
    assert TaskState.objects.count() == 1
    assert not mailoutbox


def test_setting_up_twice_makes_one_workflow(groups):
    call_command("setup_groups", verbosity=0)
    assert Edition.get_default_workflow().name in (approving.WORKFLOW, "Moderators approval")
    assert approving.GroupApprovalTask.objects.filter(name=approving.TASK).count() == 1


# --- what no longer fits ----------------------------------------------------------------------------------


def kinds(edition) -> list[str]:
    return [misfit.kind for misfit in editions.misfits(edition)]


def test_an_edition_that_fits_has_no_misfits(building, principal, local_course):
    block = factories.text("Ours.")
    edition = write(
        building, local_course, principal, addition(module_of(local_course), block, place="our-words")
    )
    assert editions.misfits(editions.draft_of(edition)) == []


def test_a_place_that_is_gone_is_a_misfit_and_breaks_nothing(
    building, principal, editor, local_course, groups
):
    module = module_of(local_course)
    block = factories.text("Only here.")
    edition = approved(building, local_course, principal, editor, addition(module, block, place="our-words"))
    assert "Only here." in read_at(building, local_course)
    without_places(module)
    module.save_revision().publish()
    assert kinds(edition) == ["place"]
    assert "Only here." in editions.misfits(edition)[0].words
    assert "Before." in read_at(building, local_course)


def test_a_module_that_is_unpublished_or_gone_is_a_misfit(building, principal, course):
    module = module_of(course)
    change = addition(module, factories.text("Lost words."))
    edition = editions.draft_of(write(building, course, principal, change))
    module.unpublish()
    assert kinds(edition) == ["module"]
    assert "Lost words." in editions.misfits(edition)[0].words
    module.delete()
    assert kinds(edition) == ["module"]


def test_a_prompt_that_the_module_asks_by_now_is_a_misfit(building, principal, local_course):
    change = addition(module_of(local_course), factories.reflection("What  did you SEE?"))
    edition = editions.draft_of(write(building, local_course, principal, change))
    assert kinds(edition) == ["repeat"]


def test_an_audience_that_is_gone_and_a_course_that_is_gone_are_misfits(building, principal, course):
    change = addition(module_of(course), factories.text("Ours.", shown_to=["nobody-knows"]))
    edition = editions.draft_of(write(building, course, principal, change))
    assert kinds(edition) == ["audience"]
    course.unpublish()
    assert kinds(edition) == ["course"]


def test_misfits_cost_the_same_for_one_edition_and_for_many(
    building, principal, course, django_assert_num_queries
):
    module = module_of(course)
    rows = [editions.draft_of(write(building, course, principal, addition(module, factories.text())))]
    for _n in range(3):
        other = factories.BuildingFactory(district=building.district)
        rows.append(editions.draft_of(write(other, course, principal, addition(module, factories.text()))))
    with django_assert_num_queries(3):
        fitting.misfits_of(rows)


def test_authors_are_told_once_what_a_publish_made_of_their_edition(
    building, principal, editor, local_course, groups, django_capture_on_commit_callbacks
):
    module = module_of(local_course)
    block = factories.text("Only here.")
    approved(building, local_course, principal, editor, addition(module, block, place="our-words"))
    for _n in range(2):
        without_places(module)
        with django_capture_on_commit_callbacks(execute=True):
            module.save_revision().publish()
    told = Notice.objects.filter(person=principal, key__startswith="misfit:")
    assert told.count() == 1
    assert "Only here." in told.get().body


# --- whose, and for what ------------------------------------------------------------------------------------


def test_the_shelf_holds_what_some_role_of_the_building_may_take(building, principal, course):
    for slug, rule in {"high": {"levels": ["high"]}, "leaders": {"roles": ["principal"]}}.items():
        Audience.objects.create(slug=slug, name=slug, include=rule)
        factories.make_course(slug, modules=0, audiences=[slug])
    write(building, course, principal)
    shelf = editions.shelf(building)
    assert [(one.course.title, one.state) for one in shelf] == [
        ("Foundations", State.DRAFT),
        ("leaders", State.NONE),
    ]


def test_days_to_finish_go_from_building_to_district(building, principal, course, groups, editor):
    def propose(place, days):
        edition = editions.edition_of(course.translation_key, place)
        said = editions.Words(welcome="", goal="", credit="", due_in_days=days, order=[], changes=[])
        edition = editions.save(edition=edition, words=said, based_on=None, by=principal)
        approving.send(edition=edition, by=principal)
        decide(edition, editor, approve=True)

    propose(building.district, 30)
    assert editions.due_in_days(course.translation_key, building) == 30
    propose(building, 14)
    assert editions.due_in_days(course.translation_key, building) == 14
