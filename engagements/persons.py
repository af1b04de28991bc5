"""Persons: what in a table's headings and cells can only be about single students, whatever it is called.

Shapes, not lists of names: a heading that asks for a person; addresses and numbers of persons; "García,
Lucía"; initials; one word with a running number; two words in capitals under a heading that isn't one of
groups. What is refused wrongly is taken under a better heading; what is taken wrongly is a student's.
"""

import re

from django.utils import timezone

from engagements import cells, times


def _any(*patterns: str) -> re.Pattern:
    return re.compile("|".join(patterns), re.IGNORECASE)


_ONE = (
    r"(student|pupil|child|learner|kid|scholar|youth|parent|guardian|mother|father"
    r"|alumn[oa]|estudiante|niñ[oa]|hij[oa])"
)
#: A heading that names a person, whatever stands under it. "School name" and "Number of students" don't.
_PERSON = _any(
    r"\b(first|last|middle|full|family|given|legal|preferred|nick) ?names?\b",
    r"^names?$|^(first|last)$|\bsurname\b|\binitials?\b",
    rf"^{_ONE}( \d+)?$",
    rf"\b{_ONE}'?s?'? (full |legal |first |last )?(names?|ids?|identifier|email)\b",
    rf"\b{_ONE}'?s?'? (number|no|nr|code|key|#)$",
    r"\b(state|lunch|ss|local|perm(anent)?|sis|skyward|powerschool|unique|record|legacy|user|login)"
    r" ?(id|identifier|number|no|name)\b",
    r"^(code|key|ref(erence)?|ssid|ids?|guid|id #|id no|#id|username)$",
    r"\bbirth|\bdob\b|\be ?mail\b|\bphone\b|\bmobile\b|\baddress\b|\bstreet\b|\bssn\b|\bsocial security\b",
    r"\bnombres?\b(?! de (la|el|l[oa]s|grupo|escuela|programa))|\bapellidos?\b|\biniciales\b|^matrícula$",
    r"\bnacimiento\b|\bcorreo\b|\bteléfono\b|\bdirección\b",
)
_CAMEL = re.compile(r"(?<=[a-záéíóúñ])(?=[A-ZÁÉÍÓÚÑ])")
#: A heading of groups, under which "Pacific Islander" and "Cedar Grove" may stand.
_GROUPS = _any(
    "group|race|ethnic|building|school|district|program|language|gender|service|categor|measure|question|item",
    "strand|course|class|subject|grade|level|band|cohort|status|type|domain|population|neighbou?rhood|region",
    "grupo|raza|etnia|escuela|distrito|programa|idioma|lengua|género|categoría|pregunta|curso|materia",
)
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.\w+")
_TURNED_NAME = re.compile(
    r"[^\W\d_][\w'’-]+(?: [^\W\d_][\w'’-]+)?, ?[^\W\d_][\w'’.-]*( [^\W\d_][\w'’-]*\.?)?"
)
_TWO_CAPITALS = re.compile(
    r"[A-ZÁÉÍÓÚÑ][\w'’-]+( [A-ZÁÉÍÓÚÑ]\.?)?( [A-ZÁÉÍÓÚÑ][\w'’-]+){1,2}|[A-ZÁÉÍÓÚÑ][\w'’-]+ [A-ZÁÉÍÓÚÑ]\.?"
)
_DOTTED_INITIALS = re.compile(r"([^\W\d_]\. ?){2,3}")
_INITIALS = re.compile(r"[A-ZÁÉÍÓÚÑ]{2,3}")
_IDENTIFIER = re.compile(r"[A-Za-z]{0,3}\d{6,12}[A-Za-z]?|\d{9}")
_NUMBERED = re.compile(r"([^\W\d_]+)[ .#_-]*\d{1,5}")
_YEAR = re.compile(r"(19|20)\d\d")
_BIRTHDAY = re.compile(r"\d{1,2}[/-]\d{1,2}[/-](19|20)?\d\d|(19|20)\d\d-\d\d-\d\d")
_PERSON_STEM = _any(f"{_ONE}s?", "s|st|stu|id|r|reader|participant|participante")
_GROUP_STEM = _any(
    "week|wk|w|month|year|q|quarter|trimester|semester|term|t|day|cycle|grade|gr|g|k|group|grp|tier|level|l",
    "band|period|p|room|rm|ps|school|building|cohort|section|class|question|item|zone|region|district|ward",
    "quartile|quintile|decile|semana|mes|trimestre|semestre|ciclo|grado|grupo|nivel|escuela|pregunta|salón|aula",
)
#: From so many on, codes are more than a school has groups.
_CODES, _NAMES, _RUNNING = 8, 6, 4


def is_heading(heading: str) -> bool:
    """Does the heading ask for a person?"""
    forms = (heading, _CAMEL.sub(" ", heading))
    return any(_PERSON.search(re.sub(r"[_.\s-]+", " ", form).strip()) for form in forms)


def is_value(cell: str) -> bool:
    """Can the cell only be a person's, even where it stands alone, as in a heading?"""
    return bool(
        _ADDRESS.search(cell)
        or _identifier(cell)
        or _TURNED_NAME.fullmatch(cell)
        or _DOTTED_INITIALS.fullmatch(cell)
    )


def are_values(heading: str, column: list[str]) -> bool:
    """Are the cells of a column names, initials, addresses or numbers of persons?"""
    said = [cell for cell in column if cell and not cells.is_total([cell])]
    if times.are_all(said):
        return _are_birthdays(heading, said)
    if any(_ADDRESS.search(cell) for cell in said):
        return True
    different = set(said)
    is_of_groups = bool(_GROUPS.search(heading))
    return (
        _most(_TURNED_NAME.fullmatch, said, least=3)
        or _most(_DOTTED_INITIALS.fullmatch, said, least=3)
        or (_most(_identifier, said, least=3) and 2 * len(different) >= len(said))
        or (_most(_INITIALS.fullmatch, said, least=_CODES) and len(different) >= _CODES and not is_of_groups)
        or (
            _most(_TWO_CAPITALS.fullmatch, said, least=_NAMES)
            and len(different) >= _NAMES
            and not is_of_groups
        )
        or _are_numbered(said)
        or _is_running_number(heading, said)
    )


def _are_numbered(said: list[str]) -> bool:
    """ "R1", "R2", "R3": one word for all, and a number for each."""
    stems = [match[1] for cell in said if (match := _NUMBERED.fullmatch(cell))]
    if not stems or 2 * len(stems) < len(said) or len(set(said)) < len(stems) / 2:
        return False
    if sum(bool(_PERSON_STEM.fullmatch(stem)) for stem in stems) >= 3:
        return True
    return len(stems) >= _CODES and sum(bool(_GROUP_STEM.fullmatch(stem)) for stem in stems) < len(stems) / 2


def _are_birthdays(heading: str, said: list[str]) -> bool:
    """Days that lie years back, and aren't said to be the days of the rows."""
    this_year = timezone.localdate().year
    long_ago = [
        cell
        for cell in said
        if _BIRTHDAY.fullmatch(cell) and (year := _YEAR.search(cell)) and int(year[0]) < this_year - 3
    ]
    return not times.HEADING.fullmatch(heading.strip()) and 2 * len(long_ago) > len(said)


def _is_running_number(heading: str, said: list[str]) -> bool:
    """1, 2, 3 … down the rows: no group grows so."""
    running = [str(number) for number in range(1, len(said) + 1)]
    return len(said) >= _RUNNING and said == running and not cells.is_named(heading, said)


def _identifier(cell: str) -> bool:
    """A long number, however a spreadsheet wrote it: "1002003", "1,002,003", "100-20-03", "A1002003"."""
    if re.fullmatch(r"\d(\.\d+)?[eE]\+?0?[6-9]", cell):
        return True
    return bool(_IDENTIFIER.fullmatch(re.sub(r"\.0+$|[ ,-]", "", cell))) and not _BIRTHDAY.fullmatch(cell)


def _most(test, said: list[str], *, least: int) -> bool:
    """Do more than half pass, and ``least`` of them? Fewer are a coincidence."""
    passed = sum(bool(test(cell)) for cell in said)
    return passed >= least and 2 * passed > len(said)
