"""A course as it stands in its folder, free of any database: what is read, compared and written."""

import uuid
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass
class AudienceFile:
    """An audience of ``audiences.yaml``."""

    slug: str
    name: str
    description: str
    include: dict[str, list[str]]
    exclude: dict[str, list[str]]
    line: int = field(default=0, compare=False)


@dataclass
class ModuleFile:
    """A module's file. ``name`` is the file's without ``.md``, such as ``01-whose-knowledge-counts``."""

    name: str
    key: uuid.UUID
    title: str
    summary: str = ""
    minutes: int = 20
    standards: list[str] = field(default_factory=list)
    objectives: list[str] = field(default_factory=list)
    audiences: list[str] = field(default_factory=list)
    required: bool = True
    team_service: str = ""
    team_words: str = ""
    image: str = ""
    image_alt: str = ""
    body: list[dict] = field(default_factory=list)

    @property
    def slug(self) -> str:
        """The module's part of its page's address."""
        return self.name.partition("-")[2]


@dataclass
class EditionFile:
    """A building's or district's edition; ``slug`` is the place's, and the file's name.

    ``standings`` maps modules' file names to required, optional or hidden; ``additions`` are
    (module's file name, place, blocks); ``days`` are proposed as due; ``order`` names modules' files.
    """

    slug: str
    of_district: bool = False
    goal: str = ""
    welcome: str = ""
    credit: str = ""
    days: int | None = None
    order: list[str] = field(default_factory=list)
    standings: dict[str, str] = field(default_factory=dict)
    additions: list[tuple[str, str, list[dict]]] = field(default_factory=list)


@dataclass
class ModuleWords:
    """A module in another language. ``body`` holds the blocks that are translated, by their identities."""

    name: str
    key: uuid.UUID
    slug: str
    title: str
    summary: str = ""
    objectives: list[str] = field(default_factory=list)
    team_words: str = ""
    image_alt: str = ""
    body: list[dict] = field(default_factory=list)


@dataclass
class CourseWords:
    """A course in another language: the folder ``es/``. What it doesn't say is said by the source."""

    language: str
    slug: str
    title: str
    summary: str
    for_whom: str = ""
    why: str = ""
    outcomes: list[str] = field(default_factory=list)
    team_words: str = ""
    image_alt: str = ""
    modules: list[ModuleWords] = field(default_factory=list)


@dataclass
class CourseFolder:
    """A whole course. ``assets`` holds pictures and documents by their path inside the folder."""

    slug: str
    key: uuid.UUID
    title: str
    summary: str = ""
    service: str = ""
    language: str = "en"
    for_whom: str = ""
    why: str = ""
    outcomes: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    standards: list[str] = field(default_factory=list)
    clock_hours: dict[str, Decimal] = field(default_factory=dict)
    is_facilitated: bool = False
    asks_for_evaluation: bool = True
    certificate_design: str = "evergreen"
    signatory: str = ""
    signatory_title: str = ""
    approval_number: str = ""
    approved_on: date | None = None
    approved_until: date | None = None
    team_service: str = ""
    team_words: str = ""
    image: str = ""
    image_alt: str = ""
    audiences: list[str] = field(default_factory=list)
    audience_files: list[AudienceFile] = field(default_factory=list)
    modules: list[ModuleFile] = field(default_factory=list)
    editions: list[EditionFile] = field(default_factory=list)
    translations: list[CourseWords] = field(default_factory=list)
    assets: dict[str, bytes] = field(default_factory=dict)
    #: What isn't wrong but should be known, such as a translation that lags.
    warnings: list = field(default_factory=list, compare=False, repr=False)
    #: On which line each field of each file stands.
    lines: dict[str, dict[str, int]] = field(default_factory=dict, compare=False, repr=False)


def blocks_within(stream: list[dict]):
    """Every block of a stream, those inside others too."""
    for block in stream:
        yield block
        value = block["value"]
        for option in value.get("options") or []:
            yield from blocks_within(option["value"]["blocks"])
        if block["type"] in ("variants", "local"):
            yield from blocks_within(value.get("otherwise") or [])


def audiences_in(stream: list[dict]) -> set[str]:
    """The slugs of all audiences that a stream names."""
    named: set[str] = set()
    for block in blocks_within(stream):
        named.update(block["value"].get("shown_to") or [])
        for option in block["value"].get("options") or []:
            named.update(option["value"]["audiences"])
    return named
