"""Messages: the interface's sentences, collected from the code, kept in ``locale/``, and checked.

No GNU gettext is needed on anybody's machine: Babel collects (for developers), polib compiles (everywhere).
The ``.po`` files are the truth and travel in the repository; the compiled ones are made into ``VAR_DIR`` when
the site is prepared, so that no two people ever merge a binary file.
"""

import hashlib
import io
import re
from collections.abc import Iterator
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation.template import templatize

#: Where the translations are written, and what each language's plural is chosen by.
FOLDER = settings.BASE_DIR / "locale"
PLURALS = {
    "es": "nplurals=2; plural=(n != 1);",
    "ar": (
        "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;"
    ),
}
#: Languages whose interface is whole: every sentence of the code has its translation, checked in the tests.
#: Arabic is offered for lessons; its interface is translated where learners are, and is English elsewhere.
COMPLETE: tuple[str, ...] = ("es",)
#: Languages whose file holds only the sentences that it translates.
PARTIAL = ("ar",)

_APPS = ("lms", "reports", "engagements", "courses", "cms", "notices", "roster")
_KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_PLACEHOLDER = re.compile(r"%{1,2}\((\w+)\)[a-z]|%(?!%)[a-z]|\{(\w*)\}|(%%)")
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)


def po_path(language: str) -> Path:
    """Where the translations of a language are written."""
    return FOLDER / language / "LC_MESSAGES" / "django.po"


def compile_messages() -> list[Path]:
    """Make the catalogs that Django reads out of those that people write; give what was out of date."""
    made = []
    for language in PLURALS:
        source = po_path(language)
        target = Path(settings.COMPILED_MESSAGES_DIR) / language / "LC_MESSAGES" / "django.mo"
        digest, stamp = hashlib.sha256(source.read_bytes()).hexdigest(), target.with_suffix(".made-from")
        if target.exists() and stamp.exists() and stamp.read_text() == digest:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        half_made = target.with_suffix(".part")
        polib.pofile(str(source)).save_as_mofile(str(half_made))
        half_made.replace(target)
        stamp.write_text(digest)
        made.append(target)
    return made


def update(language: str) -> tuple[int, int]:
    """Bring a language's file to what the code says: new sentences empty, old ones gone, the rest untouched.

    Gives how many sentences it says, and how many have no translation yet.
    """
    path, found = po_path(language), collected()
    known = {_identity(entry): entry for entry in polib.pofile(str(path))} if path.exists() else {}
    catalog = polib.POFile(wrapwidth=110)
    catalog.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    for entry in found:
        _take_over(entry, known.get(_identity(entry)), language)
        if entry.translated() or language not in PARTIAL:
            catalog.append(entry)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalog.save(str(path))
    said = sum(entry.translated() for entry in catalog)
    return said, len(found) - said


def _take_over(entry: polib.POEntry, old: polib.POEntry | None, language: str) -> None:
    if entry.msgid_plural:
        forms = range(int(PLURALS[language].partition("=")[2].partition(";")[0]))
        entry.msgstr_plural = {form: (old.msgstr_plural if old else {}).get(form, "") for form in forms}
    elif old:
        entry.msgstr = old.msgstr
    if old:
        entry.tcomment = old.tcomment


# --- collecting ----------------------------------------------------------------------------------------


def collected() -> list[polib.POEntry]:
    """Every sentence of the code, without translations, in the order of the files that say it first."""
    entries: dict[tuple, polib.POEntry] = {}
    for path in _sources():
        name = path.relative_to(settings.BASE_DIR).as_posix()
        for context, words, plural in _said_in(path):
            entry = entries.setdefault(
                (context, words),
                polib.POEntry(msgid=words, msgctxt=context, msgid_plural=plural, occurrences=[]),
            )
            entry.msgid_plural = entry.msgid_plural or plural
            # Without line numbers: they would change with every edit, and make every merge a conflict.
            if (name, "") not in entry.occurrences:
                entry.occurrences.append((name, ""))
            if _PLACEHOLDER.search(words) and "%" in words and "python-format" not in entry.flags:
                entry.flags.append("python-format")
    return list(entries.values())


def _sources() -> list[Path]:
    code = [path for app in _APPS for path in (settings.BASE_DIR / app).rglob("*.py")]
    templates = [
        path
        for path in (settings.BASE_DIR / "templates").rglob("*")
        if path.suffix in (".html", ".txt", ".xml") and path.is_file()
    ]
    return sorted(path for path in code if "migrations" not in path.parts) + sorted(templates)


def _said_in(path: Path) -> Iterator[tuple[str | None, str, str]]:
    """What a file says: context (or None), sentence and its plural (or nothing)."""
    from babel.messages.extract import extract  # a developer's tool, not installed where the site runs

    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # What Django makes of a template is nearly Python: only its indentation isn't.
        source = _INDENT.sub("", templatize(source, origin=str(path)))
    if "gettext" not in source and "_(" not in source:
        return
    found = extract("python", io.BytesIO(source.encode()), keywords=_KEYWORDS)
    for _line, message, _comments, context in found:
        words, plural = message if isinstance(message, tuple) else (message, "")
        if words:
            yield context, words, plural


# --- checking ------------------------------------------------------------------------------------------


def problems_of(language: str) -> list[str]:
    """What is wrong with the translations that are there: a sentence for each, ready to be shown."""
    problems = []
    for entry in polib.pofile(str(po_path(language))):
        if entry.fuzzy:
            problems.append(f"“{entry.msgid}” is marked as uncertain (fuzzy).")
        if entry.translated():
            problems.extend(_wrong_placeholders(entry))
        elif any(entry.msgstr_plural.values()):
            problems.append(f"“{entry.msgid}” lacks some of its plural forms.")
    return problems


def missing_in(language: str) -> list[str]:
    """The sentences of the code that a language doesn't say."""
    said = {_identity(entry) for entry in polib.pofile(str(po_path(language))) if entry.translated()}
    return [entry.msgid for entry in collected() if _identity(entry) not in said]


def _wrong_placeholders(entry: polib.POEntry) -> Iterator[str]:
    wanted = _placeholders(entry.msgid_plural or entry.msgid)
    # The form for exactly one may say “one” in words, as the English form may.
    may_lack = wanted if entry.msgid_plural else set()
    for words in [entry.msgstr] if entry.msgstr else entry.msgstr_plural.values():
        found = _placeholders(words)
        if found - wanted or (wanted - found) - may_lack:
            yield f"“{entry.msgid}” has {sorted(wanted)}, its translation “{words}” {sorted(found)}."
        if entry.msgid.startswith("\n") != words.startswith("\n"):
            yield f"“{entry.msgid}” and its translation don't begin alike."


def _placeholders(words: str) -> set[str]:
    return {match[0] for match in _PLACEHOLDER.finditer(words) if not match[3]}


def _identity(entry: polib.POEntry) -> tuple[str | None, str]:
    return entry.msgctxt or None, entry.msgid
