"""Wording: what a tally says, as a colleague would say it."""

from django.contrib.humanize.templatetags.humanize import apnumber
from django.template.defaultfilters import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.counting import Tally


def sentences(tally: Tally, *, staff: int, ahead: int | None = None) -> str:
    """Say how far the staff of a place are with a course.

    Args:
        staff: how many work there, in the course or not.
        ahead: by how many points they are ahead of their district (behind, when negative); None says nothing.
    """
    said = [_finished(tally, staff, ahead)]
    if tally.none and tally.done < tally.total:
        unopened = ngettext("%(count)s hasn't opened it.", "%(count)s haven't opened it.", tally.none)
        said.append(unopened % {"count": capfirst(apnumber(tally.none))})
    if tally.late:
        late = ngettext("%(count)s is overdue.", "%(count)s are overdue.", tally.late)
        said.append(late % {"count": capfirst(apnumber(tally.late))})
    return " ".join(said)


def _finished(tally, staff, ahead) -> str:
    if tally.total >= staff:
        whole = ngettext(
            "%(done)s of %(total)s staff has finished",
            "%(done)s of %(total)s staff have finished",
            tally.done,
        )
    else:
        whole = ngettext(
            "%(done)s of the %(total)s staff who take it has finished",
            "%(done)s of the %(total)s staff who take it have finished",
            tally.done,
        )
    finished = whole % {"done": tally.done, "total": tally.total}
    return _compared(ahead) % {"finished": finished, "points": _points(ahead)}


def _compared(ahead: int | None) -> str:
    if ahead is None:
        return _("%(finished)s.")
    if ahead == 0:
        return _("%(finished)s, level with the district.")
    if ahead > 0:
        return _("%(finished)s, %(points)s ahead of the district.")
    return _("%(finished)s, %(points)s behind the district.")


def _points(ahead: int | None) -> str:
    count = abs(ahead or 0)
    return ngettext("%(count)s point", "%(count)s points", count) % {"count": apnumber(count)}
