"""Measuring pages: queries, milliseconds and bytes, all pages in turn in each round.

Each round asks every page once, so that whatever slows the machine slows all of them; what is compared are
medians of one run, never numbers of two.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

WARMING, ROUNDS = 3, 25


@dataclass
class Page:
    """A page under measure: ``ask`` fetches it once."""

    name: str
    ask: Callable[[], HttpResponse]
    expects: tuple[int, ...] = (200,)
    times: list[float] = field(default_factory=list)
    queries: int = 0
    size: int = 0

    @property
    def milliseconds(self) -> float:
        """The median of its rounds."""
        return statistics.median(self.times)

    def once(self) -> None:
        """Fetch it, and keep how long that took.

        Raises:
            AssertionError: it answered something else than it should.
        """
        began = time.perf_counter()
        answer = self.ask()
        self.times.append((time.perf_counter() - began) * 1000)
        if answer.status_code not in self.expects:
            raise AssertionError(f"{self.name} answered {answer.status_code}")
        self.size = len(answer.content)


def measure(pages: list[Page]) -> None:
    """Warm up, count queries once, then time all pages for :data:`ROUNDS` rounds."""
    for _ in range(WARMING):
        for page in pages:
            page.once()
    for page in pages:
        with CaptureQueriesContext(connection) as captured:
            page.once()
        page.queries = len(captured)
        page.times.clear()
    for _ in range(ROUNDS):
        for page in pages:
            page.once()
