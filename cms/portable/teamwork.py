"""Reading where a course or a module leads: the service with which a team goes on, and words about it."""

from collections.abc import Callable

from cms.models.pages import WITH_A_COACH
from cms.portable import fields
from cms.portable.fields import Fields


def teamwork_in(found: Fields, limit: Callable[[str], int]) -> dict[str, str]:
    """The fields of ``EndsInTeamwork`` as a file has them; words without a service are a mistake."""
    service = found.read("team_service", fields.one_of([slug for slug, _ in WITH_A_COACH]), default="")
    words = found.read("team_words", fields.words(limit("team_words")), default="")
    if words and not found.values.get("team_service"):
        found.wrong("team_words", "they need the service that they lead to: write “team_service: …”.")
    return {"team_service": service, "team_words": words}
