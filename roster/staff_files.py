"""Staff files: a roster as a CSV file, read line by line into facts, with what is wrong in each line.

One line is one position of one person; a person with two positions has two lines. Nothing here writes:
``roster.importing`` compares the facts with what is there.
"""

import csv
import datetime
import io
import re
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from roster.models import INTERFACE_LANGUAGES, Building, District, Position, User

REQUIRED = ["email", "given_name", "family_name", "role"]
OPTIONAL = [
    "preferred_name",
    "language",
    "certificate_number",
    "title",
    "district",
    "building",
    "starts_on",
    "ends_on",
]
MOST_BYTES = 10 * 1024 * 1024
MOST_ERRORS = 200
#: The file's column for each field of a person.
PERSON_COLUMNS = {
    "first_name": "given_name",
    "last_name": "family_name",
    "preferred_name": "preferred_name",
    "language": "language",
    "certificate_number": "certificate_number",
}


@dataclass(frozen=True)
class LineError:
    """What is wrong in a line of the file, counted as a spreadsheet counts: the head is line 1."""

    line: int
    message: str


@dataclass(frozen=True)
class StaffLine:
    """One line that can be: a person's facts, and a position."""

    line: int
    email: str
    person: tuple[tuple[str, str], ...]
    role: str
    title: str
    building: Building | None
    district: District | None
    starts_on: datetime.date | None
    ends_on: datetime.date | None

    @property
    def place(self) -> tuple:
        """Return what tells this position from others of the person, whatever its days."""
        return (self.role, self.building and self.building.pk, self.district and self.district.pk)


@dataclass
class StaffFile:
    """A file that was read: the lines that can be, and what is wrong with the others."""

    lines: list[StaffLine] = field(default_factory=list)
    errors: list[LineError] = field(default_factory=list)


def read(text: str) -> StaffFile:
    """Read a staff file; every line is looked at, so that all errors are told at once (the first 200)."""
    found = StaffFile()
    rows = csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline=""), dialect=_dialect(text), strict=True)
    try:
        columns = [(name or "").strip().lower() for name in rows.fieldnames or []]
        rows.fieldnames = columns
        if missing := [name for name in REQUIRED if name not in columns]:
            found.errors.append(
                LineError(1, _("These columns are missing: %(names)s") % {"names": ", ".join(missing)})
            )
            return found
        _read_rows(rows, found)
    except csv.Error as error:
        found.errors.append(
            LineError(rows.reader.line_num, _("This is not a CSV file: %(why)s") % {"why": error})
        )
    if not found.lines and not found.errors:
        found.errors.append(LineError(2, _("The file has no staff in it.")))
    return found


def decode(content: bytes) -> str:
    """Return the file's text.

    Raises:
        ValidationError: it is too big, or not text in UTF-8.
    """
    if len(content) > MOST_BYTES:
        raise ValidationError(_("The file is bigger than 10 MB. Split it by district."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(
            _("The file is not in UTF-8. In Excel, save it as “CSV UTF-8 (comma delimited)”.")
        ) from error
    if "\0" in text:
        raise ValidationError(_("This is not a CSV file."))
    return text


def _dialect(text: str) -> type[csv.Dialect] | str:
    """Spreadsheets of other countries part the columns by semicolons or tabs."""
    head = text.partition("\n")[0]

    class FileDialect(csv.excel):
        delimiter = max(",;\t", key=head.count)

    return FileDialect


def _read_rows(rows: csv.DictReader, found: StaffFile) -> None:
    reader = _LineReader()
    for row in rows:
        # A value that spans lines ends where the reader stands now; that is the line a person looks for.
        line, extra = rows.line_num, row.pop(None, None)
        values = {name: (value or "").strip() for name, value in row.items()}
        if not any(values.values()) and not extra:
            continue
        try:
            if extra:
                raise ValidationError(_("There are more values than columns."))
            found.lines.append(reader.read(line, values))
        except ValidationError as error:
            found.errors += [LineError(line, message) for message in error.messages]
        if len(found.errors) >= MOST_ERRORS:
            found.errors.append(LineError(line, _("There are too many errors; the rest is not shown.")))
            return


class _LineReader:
    """Reads lines against the places that are there and the lines before."""

    def __init__(self):
        self.districts = {district.slug: district for district in District.objects.all()}
        buildings = Building.objects.select_related("district")
        self.buildings = {building.slug: building for building in buildings}
        self.people: dict[str, tuple[int, tuple]] = {}
        self.positions: dict[tuple, int] = {}

    def read(self, line: int, values: dict[str, str]) -> StaffLine:
        """Return what the line says.

        Raises:
            ValidationError: with all that is wrong in it.
        """
        errors: list[str] = []
        email = values["email"].lower()
        person = self._person(line, email, values, errors)
        building, district = self._place(values, errors)
        starts_on = _day(values, "starts_on", errors)
        ends_on = _day(values, "ends_on", errors)
        if starts_on and ends_on and ends_on < starts_on:
            errors.append(_("The position ends before it starts."))
        title = values.get("title", "")
        if len(title) > Position._meta.get_field("title").max_length:
            errors.append(_("The title is longer than 120 characters."))
        read = StaffLine(
            line, email, person, values["role"].lower(), title, building, district, starts_on, ends_on
        )
        self._require_new(read, errors)
        if errors:
            raise ValidationError(errors)
        return read

    def _person(self, line, email, values, errors) -> tuple:
        facts = {name: values.get(column, "") for name, column in PERSON_COLUMNS.items()}
        facts["language"] = facts["language"].lower() or "en"
        if facts["language"] not in dict(INTERFACE_LANGUAGES):
            errors.append(
                _("The language must be one of %(codes)s.") % {"codes": ", ".join(dict(INTERFACE_LANGUAGES))}
            )
            facts["language"] = "en"
        for column in ("given_name", "family_name"):
            if not values[column]:
                errors.append(_("%(column)s is empty.") % {"column": column})
        try:
            User(email=email, **facts).clean_fields(exclude=["password"])
        except ValidationError as error:
            errors += [
                f"{PERSON_COLUMNS.get(name, name)}: {message}"
                for name, messages in error.message_dict.items()
                for message in messages
            ]
        person = tuple(facts.items())
        first_line, first = self.people.setdefault(email, (line, person))
        if first != person:
            errors.append(
                _("Line %(line)s says other things of the person with this email.") % {"line": first_line}
            )
        return person

    def _place(self, values, errors) -> tuple[Building | None, District | None]:
        role, slug, of = values["role"].lower(), values.get("building", ""), values.get("district", "")
        building, district = self.buildings.get(slug.lower()), self.districts.get(of.lower())
        if role not in Position.Role.values:
            errors.append(
                _("“%(role)s” is not a role. Roles are: %(roles)s")
                % {"role": values["role"], "roles": ", ".join(Position.Role.values)}
            )
        if slug and not building:
            errors.append(_("There is no building “%(slug)s”.") % {"slug": slug})
        if of and not district:
            errors.append(_("There is no district “%(slug)s”.") % {"slug": of})
        if building and district and building.district_id != district.pk:
            errors.append(
                _("%(building)s is not in %(district)s.") % {"building": building, "district": district}
            )
        errors += _unfitting(role, slug, of)
        return building, (None if building else district)

    def _require_new(self, read: StaffLine, errors) -> None:
        key = (read.email, read.place, read.starts_on)
        first_line = self.positions.setdefault(key, read.line)
        if first_line != read.line:
            errors.append(_("This position is in line %(line)s already.") % {"line": first_line})


def _unfitting(role: str, building: str, district: str) -> list[str]:
    """Return why a role can't be held at such a place: what the table's constraints say, before they do."""
    if role in Position.LEADS_A_BUILDING and not building:
        return [_("A principal needs a building.")]
    if role in Position.LEADS_A_DISTRICT and (building or not district):
        return [_("This role is for a whole district: give the district, and leave the building empty.")]
    if role in Position.Role.values and role not in Position.OF_PSESD and not (building or district):
        return [_("Give the building, or the district for a position of the whole district.")]
    return []


def _day(values, column, errors) -> datetime.date | None:
    text = values.get(column, "")
    if not text:
        return None
    month_first = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)  # as Excel writes a day here
    try:
        if month_first:
            month, day, year = map(int, month_first.groups())
            return datetime.date(year, month, day)
        return datetime.date.fromisoformat(text)
    except ValueError:
        pass
    errors.append(
        _("%(column)s is not a day such as 2026-08-31: %(text)s") % {"column": column, "text": text}
    )
    return None
