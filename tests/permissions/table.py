"""The table: every address of the site, and who gets what from it.

One :class:`Address` for each URL name and its arguments. A new URL name without one fails the test; so does
an Address whose name is gone. Who isn't named in ``sees`` gets a 404: for them there is no such thing.
A new page is one line here: its name, what of the world it is about, who sees it, what a POST gives.
"""

from dataclasses import dataclass, field

LOGIN = "login"  # sent to the sign-in page
REFUSED = "refused"  # sent to the admin's first page, which says that one may not
VISITOR = "visitor"

EVERYBODY = frozenset(
    {
        *(VISITOR, "teacher", "colleague", "other teacher", "principal", "other principal"),
        *("district admin", "other district admin", "coach", "other coach", "editor", "admin"),
    }
)
MEMBERS = EVERYBODY - {VISITOR}
OWNER = frozenset({"teacher"})
#: Who leads the building where the teacher works.
LEADERS = frozenset({"principal", "district admin"})
#: Who leads any place.
ALL_LEADERS = LEADERS | {"other principal", "other district admin"}
ALL_COACHES = frozenset({"coach", "other coach"})
ADMIN = frozenset({"admin"})
PSESD = ADMIN | {"editor"}
#: Who stands in the other building, for which alone there is a course.
AT_OTHERS = frozenset({"other teacher", "other principal", "other coach"})


@dataclass(frozen=True)
class Address:
    """One address: what those who see it get for a GET and a POST; None where the method isn't served.

    Args:
        args: names of things of the world.
        visitor: what who isn't signed in gets: the sign-in page, or a status.
        stranger: what everybody else gets who may not see it.
        data: what the POST carries: as little as can be, so that most answers are 422.
        but: other answers to a GET, by role.
        is_library: a library's own view, which answers to other methods as it likes.
    """

    name: str
    args: tuple[str, ...] = ()
    sees: frozenset[str] = MEMBERS
    get: int | None = 200
    post: int | None = None
    data: dict = field(default_factory=dict)
    visitor: str | int = LOGIN
    stranger: str | int = 404
    but: dict[str, int | str] = field(default_factory=dict)
    is_library: bool = False

    def answer(self, role: str, method: str) -> int | str:
        """What ``role`` gets."""
        if method == "GET" and role in self.but:
            return self.but[role]
        if role not in self.sees:
            return self.visitor if role == VISITOR else self.stranger
        return self.serves(method) or 405

    def serves(self, method: str) -> int | None:
        """What ``method`` gives to those who see it; None where it isn't served."""
        return {"GET": self.get, "POST": self.post}.get(method)


def of_module(name, *args, **answers) -> Address:
    """An address within the teacher's own module: nobody else's."""
    return Address(f"courses:{name}", ("enrollment", "module", *args), OWNER, **answers)


def of_pages(name, *args, **answers) -> Address:
    """An address that everybody may open."""
    return Address(name, args, **{"sees": EVERYBODY, **answers})


def of_pages_tree(page, **answers) -> Address:
    """A page of Wagtail's tree."""
    return of_pages("wagtail_serve", page, is_library=True, **answers)


def of_desk(name, sees=PSESD) -> Address:
    """A page of Wagtail's admin, which only some of PSESD's people enter at all."""
    refused = dict.fromkeys(PSESD - sees, REFUSED)
    return Address(name, (), sees, stranger=LOGIN, but=refused, is_library=True)


def of_editions(kind: str, sees: frozenset[str]) -> list[Address]:
    """The pages on which a building's or district's edition of a course is written."""
    place, course = (kind,), (kind, "course")
    return [
        Address(f"cms:{kind}_courses", place, sees),
        Address(f"cms:{kind}_edition", course, sees, post=422, data={"welcome": "long " * 500}),
        Address(f"cms:{kind}_edition_removal", course, sees, post=302),
        Address(f"cms:{kind}_edition_review", course, sees, get=None, post=302),
        Address(f"cms:{kind}_edition_withdrawal", course, sees, get=None, post=302),
        Address(f"cms:{kind}_edition_preview", course, sees),
        Address(f"cms:{kind}_edition_preview_module", (*course, "module"), sees),
    ]


PUBLIC = [
    of_pages("health"),
    of_pages("manifest"),
    of_pages("service_worker"),
    of_pages("set_language", get=None, post=302, data={"language": "en"}),
    of_pages("cms:catalog", is_library=True),
    of_pages("cms:service", "service", get=302),
    of_pages_tree("home page"),
    of_pages_tree("course page"),
    # Who leads staff that may take a course reads what it is, and can't take it.
    of_pages_tree("shut course page", sees=AT_OTHERS | PSESD | {"other district admin"}, visitor=404),
    of_pages_tree("module page", get=302),
    of_pages("courses:certificate_check"),
    of_pages("courses:certificate_check", "certificate"),
    of_pages("notices:unsubscribe", "token", post=200),
    of_pages("notices:calendar", "calendar"),
]

OF_ONESELF = [
    Address("roster:profile", post=422),
    Address("roster:device", post=302),
    Address("notices:list"),
    Address("notices:preferences", post=302),
    Address("notices:calendar_feed", get=None, post=302),
    Address("notices:read_all", get=None, post=302),
    Address("notices:show", ("notice",), OWNER, get=302),
    Address("notices:read", ("notice",), OWNER, get=None, post=302),
    Address("courses:learning"),
    Address("courses:journal"),
    Address("courses:journal_export"),
    Address("courses:journal_on_paper"),
    Address("courses:reading", get=None, post=200, data={"text": "Words."}),
    Address("courses:notes"),
    Address("courses:notes_export"),
    Address("courses:transcript"),
    Address("courses:transcript_pdf"),
    Address("courses:transcript_csv"),
]

TAKING = [
    Address("courses:enroll", ("course",), post=302, but={"teacher": 302}),
    Address("courses:enroll", ("shut course",), AT_OTHERS, post=302),
    Address("courses:enroll", ("draft course",), frozenset()),
    Address("courses:course", ("enrollment",), OWNER, get=302),
    Address("courses:end", ("enrollment",), OWNER),
    Address("courses:withdraw", ("enrollment",), OWNER, post=302),
    Address("courses:retake", ("done",), OWNER, post=302),
    of_module("module"),
    of_module("read", get=None, post=302),
    of_module("place", get=None, post=204),
    of_module("reflection", "prompt", get=None, post=302, data={"text": "More.", "based_on": "1"}),
    of_module("reflection_sharing", "prompt", post=302, data={"sharing": "private"}),
    of_module("reflection_versions", "prompt", post=404),
    of_module("reflection_deletion", "prompt", post=302),
    of_module("check", "check", get=None, post=422),
    of_module("viewing", "film", get=None, post=200),
    of_module("viewing_read", "film", get=None, post=302),
    of_module("commitment", "step", get=None, post=422),
    of_module("outcome", "step", post=422),
    of_module("note", "prompt", post=422),
    Address("courses:own_note", ("note",), OWNER, post=302, data={"text": "Mine alone."}),
    Address("courses:note_removal", ("note",), OWNER, get=None, post=302),
    Address("courses:note_restoration", ("note",), OWNER, get=None, post=302),
    Address("courses:evaluation", ("done",), OWNER, post=422),
    Address("courses:claim", ("done",), OWNER, post=422),
]

#: Who coaches, and who works in a building: with them alone something can be shared.
RECEIVERS = frozenset({"teacher", "colleague", "other teacher", "principal", "other principal"}) | ALL_COACHES
SHARED = [
    Address("courses:shared", (), RECEIVERS),
    Address("courses:shared_reflection", ("reflection",), frozenset()),
    Address("courses:shared_reflection", ("reflection for the coach",), frozenset({"coach"})),
    Address(
        "courses:shared_reflection",
        ("reflection for the team",),
        frozenset({"coach", "colleague", "principal"}),
    ),
]

OF_LEADERS = [
    Address("courses:assignments", (), ALL_LEADERS | ADMIN),
    Address("courses:assignment_new", (), ALL_LEADERS, post=422),
    Address("courses:assignment", ("assignment",), LEADERS | ADMIN),
    Address("courses:assignment_withdraw", ("assignment",), LEADERS, post=302),
    Address("courses:assignment_restore", ("assignment",), LEADERS, get=None, post=302),
    Address("courses:nudge", (), LEADERS, get=None, post=302, data={"enrollment": "enrollment"}),
    Address("courses:evaluation_totals", ("course",), ALL_LEADERS | ALL_COACHES | PSESD),
    Address("courses:certificate", ("certificate",), OWNER | LEADERS | ADMIN),
    Address("courses:certificate_pdf", ("certificate",), OWNER | LEADERS | ADMIN),
    Address("roster:building_profile", ("building",), LEADERS | ADMIN, post=302),
    Address("reports:home", (), ALL_LEADERS | ALL_COACHES | PSESD, get=302, but={"admin": 200}),
    Address("reports:building", ("building",), LEADERS | ADMIN | {"coach"}),
    Address("reports:brief", ("building",), LEADERS | ADMIN | {"coach"}),
    Address("reports:building_csv", ("building",), LEADERS | ADMIN | {"coach"}),
    Address("reports:building_xlsx", ("building",), LEADERS | ADMIN | {"coach"}),
    Address("reports:district", ("district",), ADMIN | {"district admin"}),
    Address("reports:district_csv", ("district",), ADMIN | {"district admin"}),
    Address("reports:district_xlsx", ("district",), ADMIN | {"district admin"}),
    Address("reports:region", (), PSESD),
    Address("reports:person", ("person",), OWNER | LEADERS | ADMIN | {"coach"}),
]

#: Of the teacher's building: its staff, and the coach who serves it. Nobody of the district, nobody of PSESD.
OF_THE_BUILDING = frozenset({"teacher", "colleague", "principal", "coach"})
MODERATORS = frozenset({"principal", "coach"})
DISCUSSIONS = [
    Address("courses:discussions", ("building",), OF_THE_BUILDING),
    Address("courses:discussion_new", ("building",), MODERATORS, get=None, post=422),
    Address("courses:discussion", ("discussion",), OF_THE_BUILDING, post=422),
    Address("courses:discussion_state", ("discussion",), MODERATORS, get=None, post=422),
    Address("courses:post", ("post",), OWNER, post=422),
    Address("courses:post_deletion", ("post",), OWNER, post=302),
    Address("courses:post_report", ("post",), OF_THE_BUILDING - OWNER, post=422),
    Address("courses:post_removal", ("post",), MODERATORS, post=422),
    Address("courses:post_standing", ("post",), MODERATORS, get=None, post=302),
]

EDITIONS = [
    *of_editions("building", LEADERS | PSESD),
    *of_editions("district", PSESD | {"district admin"}),
]

#: Who is in the engagement, who says who is in it, and who may read it besides.
TEAM = frozenset({"teacher", "principal", "coach"})
STEERS = TEAM - OWNER
READERS = TEAM | LEADERS | ADMIN


def of_engagement(name, *args, sees=TEAM, **answers) -> Address:
    """An address within the engagement of the teacher, the principal and the coach."""
    return Address(f"engagements:{name}", ("engagement", *args), sees, **answers)


TOGETHER = [
    Address("engagements:list"),
    of_engagement("show", sees=READERS),
    of_engagement("step", "team step", sees=READERS),
    of_engagement("step_now", "team step", sees=READERS),
    of_engagement("step_done", "team step", get=None, post=302),
    of_engagement("note", "team step", get=None, post=302, data={"text": "Mine alone.", "based_on": "0"}),
    of_engagement("answer", "team text", get=None, post=302, data={"text": "Ours.", "based_on": "1"}),
    of_engagement("versions", "team text", sees=READERS, post=404),
    of_engagement("agreement", "team agreement", get=None, post=302),
    of_engagement("figures", "team data", post=422),
    of_engagement("figures_shown", "team data", get=None, post=422),
    of_engagement("comment_new", "team step", get=None, post=422),
    of_engagement("comment", "team step", "comment", sees=OWNER, post=422),
    of_engagement("comment_settled", "team step", "comment", get=None, post=302),
    of_engagement("voice_new", "team voices", post=422),
    of_engagement("voice", "team voices", "voice", post=422),
    of_engagement("voice_deletion", "team voices", "voice", post=302),
    of_engagement("actions", sees=READERS),
    of_engagement("action_new", get=None, post=422),
    of_engagement("action", "action", sees=READERS),
    of_engagement("action_change", "action", get=None, post=422),
    of_engagement("action_end", "action", get=None, post=302),
    of_engagement("files", sees=READERS),
    of_engagement("file_new", get=None, post=422),
    of_engagement("file", "file", sees=READERS),
    of_engagement("file_deletion", "file", sees=STEERS, post=302),
    of_engagement("public", sees=READERS),
    of_engagement("public_new", sees=STEERS, get=None, post=422),
    of_engagement("public_end", sees=STEERS, get=None, post=302),
    of_pages("engagements:all_published"),
    of_pages("engagements:published", "published"),
    of_engagement("links", sees=READERS),
    of_engagement("link_new", sees=STEERS, get=None, post=422),
    of_engagement("link_end", "link", sees=STEERS, get=None, post=302),
    # A guest's: to whom no link was opened, whoever they are, there is nothing.
    of_pages("engagements:guest_door", post=422),
    of_pages("engagements:guest", get=404),
    of_pages("engagements:guest_voice_new", "team voices", get=None, post=404),
    of_pages("engagements:guest_voice", "voice", get=404, post=404),
    of_pages("engagements:guest_voice_deletion", "voice", get=404, post=404),
    of_pages("engagements:guest_leave", get=None, post=302),
    of_engagement("members", sees=READERS),
    of_engagement("member_new", sees=STEERS, get=None, post=422),
    of_engagement("member", "member", sees=STEERS, post=422),
    of_engagement("departure", "member", post=302),
    of_engagement("meetings", sees=READERS),
    of_engagement("meeting_new", sees=STEERS, post=422),
    of_engagement("meeting", "meeting", sees=READERS),
    of_engagement("meeting_change", "meeting", sees=STEERS, post=422),
    of_engagement("meeting_off", "meeting", sees=STEERS, post=302),
    of_engagement("meeting_held", "meeting", sees=STEERS, get=None, post=302),
    of_engagement("meeting_now", "meeting", sees=READERS),
    of_engagement("minutes", "meeting", "minutes", get=None, post=302, data={"text": "Ours."}),
    of_engagement("minutes_versions", "meeting", "minutes", sees=READERS, post=404),
    of_engagement("minutes_pdf", "meeting", sees=READERS),
    of_engagement("agenda_new", "meeting", sees=STEERS, get=None, post=422),
    of_engagement("agenda_item", "meeting", "agenda item", sees=STEERS, post=422),
    of_engagement("facilitate", "meeting", "round", sees=STEERS),
    of_engagement("attendance", "held meeting", sees=STEERS, post=302),
    of_engagement("hours", sees=STEERS | ADMIN),
    of_engagement("hours_csv", sees=STEERS | ADMIN),
    of_engagement("hours_course", sees=ADMIN, get=None, post=422),
    of_engagement("hours_given", sees=ADMIN, get=None, post=302),
    of_engagement("closing", sees=STEERS, post=422),
    of_engagement("stop", sees=STEERS, post=422),
    of_engagement("next_cycle", sees=STEERS, get=None, post=404),
    of_engagement("renewal", sees=STEERS, post=302),
    of_engagement("report", sees=READERS),
    of_engagement("report_keep", sees=STEERS, get=None, post=302),
    of_engagement("report_pdf", "report", sees=READERS),
    of_engagement("follow_up", get=None, post=422),
    Address("engagements:requests", (), ALL_LEADERS | ALL_COACHES | ADMIN),
    Address("engagements:request_new", (), ALL_LEADERS, post=422),
    Address("engagements:request", ("request",), LEADERS | ADMIN | {"coach"}),
    Address("engagements:request", ("coaching request",), ADMIN | {"principal", "coach"}),
    Address("engagements:request_coach", ("request",), ADMIN | {"coach"}, get=None, post=302),
    Address("engagements:request_agreement", ("request",), ADMIN | {"coach"}, get=None, post=422),
    Address("engagements:request_refusal", ("request",), ADMIN | {"coach"}, get=None, post=422),
    Address("engagements:request_again", ("request",), ADMIN | {"coach"}, get=None, post=302),
    Address("engagements:request_back", ("request",), LEADERS, get=None, post=302),
    Address("engagements:desk", (), ALL_COACHES),
    Address("engagements:coaches", (), ADMIN),
    Address("engagements:capacity", ("coach",), ADMIN, post=422),
    # A principal's own coaching: their supervisor doesn't know of it, and an administrator reads no word.
    Address("engagements:show", ("coaching",), STEERS | ADMIN),
    Address("engagements:step", ("coaching", "team step"), STEERS),
    Address("engagements:report", ("coaching",), STEERS),
    Address("engagements:meetings", ("coaching",), STEERS),
    Address("engagements:meeting", ("coaching", "coaching meeting"), STEERS),
    Address("engagements:meeting_now", ("coaching", "coaching meeting"), STEERS),
    Address("engagements:minutes_pdf", ("coaching", "coaching meeting"), STEERS),
    Address("engagements:hours", ("coaching",), frozenset()),
    Address("engagements:hours_csv", ("coaching",), frozenset()),
    Address("engagements:hours_course", ("coaching",), frozenset(), get=None),
    Address("engagements:hours_given", ("coaching",), frozenset(), get=None),
    Address("engagements:versions", ("coaching", "team text"), STEERS, post=404),
]

SIGNED_IN_ALREADY = dict.fromkeys(MEMBERS, 302)
ENTRANCES = [
    of_pages("account_login", but=SIGNED_IN_ALREADY, is_library=True),
    of_pages("account_reset_password", is_library=True),
    of_pages("account_logout", but={VISITOR: 302}, is_library=True),
    Address("account_change_password", is_library=True),
    Address("usersessions_list", is_library=True),
    Address("mfa_index", is_library=True),
    of_desk("wagtailadmin_home"),
    of_desk("wagtailadmin_explore_root"),
]

#: The first page of each part of the admin that is our own.
DESKS = [
    *(
        of_desk(f"{name}:index")
        for name in ("changes", "cms_courses", "coverage", "editions_side_by_side", "evaluations")
    ),
    *(of_desk(f"{name}:index", ADMIN) for name in ("audit", "buildings", "districts", "focus-areas")),
    *(of_desk(f"{name}:index", ADMIN) for name in ("people", "positions", "staff_imports")),
    *(of_desk(f"{name}:index", ADMIN) for name in ("certificates", "clock_hours")),
    of_desk("wagtailsnippets_cms_audience:list"),
    of_desk("wagtailsnippets_cms_edition:list"),
    of_desk("wagtailsnippets_cms_learningstandard:list"),
    of_desk("wagtailsnippets_cms_clockhourcategory:list"),
    of_desk("wagtailsnippets_cms_renewalrule:list"),
    of_desk("wagtailsnippets_engagements_protocol:list"),
]

SECTIONS = {
    "public": PUBLIC,
    "of oneself": OF_ONESELF,
    "taking a course": TAKING,
    "shared": SHARED,
    "of leaders": OF_LEADERS,
    "discussions": DISCUSSIONS,
    "editions": EDITIONS,
    "together": TOGETHER,
    "entrances": ENTRANCES,
    "desks": DESKS,
}
