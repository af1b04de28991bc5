"""What a journey's team writes, step after step, from a file beside this one; and writing it on the pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import yaml
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser import teams


@dataclass(frozen=True)
class Written:
    """A step's answers by the beginnings of their questions, and what somebody takes on at it."""

    step: str
    answers: dict[str, teams.Answer]
    takes_on: str = ""


def steps_of(name: str) -> Iterator[Written]:
    """Read ``name``.yaml, in the protocol's order."""
    told = yaml.safe_load((Path(__file__).parent / f"{name}.yaml").read_text())
    for one in told:
        answers = {asked: _answer(said) for asked, said in one["answers"].items()}
        yield Written(one["step"], answers, one.get("takes_on", ""))


def write(page: Page, written: Written, *, who: str) -> None:
    """Answer the step that is open, and let ``who`` take on what is to be done."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(written.step)
    teams.answer(page, written.answers)
    if written.takes_on:
        todo = page.locator("section.shared", has=page.get_by_label("What will be done?")).get_by_role(
            "heading"
        )
        teams.take_on(page, todo.inner_text(), what=written.takes_on, who=who)


def _answer(said) -> teams.Answer:
    if isinstance(said, list) and all(isinstance(option, str) for option in said):
        return tuple(said)
    if not isinstance(said, dict):
        return said
    again = timezone.localdate() + timedelta(days=said["review_in_days"])
    return teams.Decision(said["option"], reasons=said["reasons"], review_on=again)
