"""Folders and ZIP files of courses: opened with care, written the same whenever the course is the same."""

import io
import zipfile
from pathlib import Path, PurePosixPath

from cms.portable.mistakes import CannotImport, Mistake

FILES_LIMIT = 500
TEXT_LIMIT_BYTES = 1024 * 1024
FILE_LIMIT_BYTES = 20 * 1024 * 1024
WHOLE_LIMIT_BYTES = 100 * 1024 * 1024

_TEXTS = (".md", ".yaml", ".yml")


def open_course(path: Path) -> tuple[str, dict[str, bytes]]:
    """The course's short name and its files by their path inside its folder.

    Raises:
        CannotImport: there is no such folder or ZIP file, or it can't be taken in.
    """
    if path.is_dir():
        return path.resolve().name, of_folder(path)
    if path.is_file():
        return of_zip(path.read_bytes(), name=path.stem)
    raise CannotImport([Mistake(str(path), 0, "There is no such folder or ZIP file.")])


def of_folder(path: Path) -> dict[str, bytes]:
    """The files of a folder by their path inside it.

    Raises:
        CannotImport: it is too big.
    """
    files = {
        file.relative_to(path).as_posix(): file
        for file in sorted(path.rglob("*"))
        if file.is_file() and not file.is_symlink() and not _is_hidden(file.relative_to(path).as_posix())
    }
    _check_sizes({name: file.stat().st_size for name, file in files.items()})
    return {name: file.read_bytes() for name, file in files.items()}


def of_zip(content: bytes, *, name: str) -> tuple[str, dict[str, bytes]]:
    """Open a ZIP file that somebody sent. Nothing is written to disk, so no path in it can lead anywhere.

    The course may stand in it directly, or in one folder, whose name is then its short name.

    Raises:
        CannotImport: it is no ZIP file, too big, or has paths that leave it.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [
                entry for entry in archive.infolist() if not entry.is_dir() and not _is_hidden(entry.filename)
            ]
            _check_entries(entries)
            files = {entry.filename: _content(archive, entry) for entry in entries}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise CannotImport([Mistake(name, 0, f"This ZIP file can't be opened: {error}.")]) from error
    tops = {path.split("/", 1)[0] for path in files}
    if "course.yaml" not in files and len(tops) == 1:
        name = tops.pop()
        files = {path.removeprefix(f"{name}/"): inside for path, inside in files.items()}
    return name, files


def to_zip(slug: str, files: dict[str, bytes]) -> bytes:
    """A ZIP file with the course's folder; the same files give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(f"{slug}/{path}")
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[path])
    return buffer.getvalue()


def _is_hidden(path: str) -> bool:
    """What operating systems and editors leave in folders."""
    return any(part.startswith(".") and part != ".." or part == "__MACOSX" for part in path.split("/"))


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    for entry in entries:
        path = PurePosixPath(entry.filename)
        if path.is_absolute() or ".." in path.parts or "\\" in entry.filename or ":" in entry.filename:
            raise CannotImport([Mistake(entry.filename, 0, "A path can't lead out of the ZIP file.")])
    if len({entry.filename for entry in entries}) != len(entries):
        raise CannotImport([Mistake("ZIP file", 0, "A file stands in it twice.")])
    _check_sizes({entry.filename: entry.file_size for entry in entries})


def _check_sizes(sizes: dict[str, int]) -> None:
    if len(sizes) > FILES_LIMIT:
        raise CannotImport(
            [Mistake("folder", 0, f"A course has at most {FILES_LIMIT} files, not {len(sizes)}.")]
        )
    if sum(sizes.values()) > WHOLE_LIMIT_BYTES:
        raise CannotImport([Mistake("folder", 0, f"A course has at most {WHOLE_LIMIT_BYTES // 2**20} MB.")])
    for name, size in sizes.items():
        limit = TEXT_LIMIT_BYTES if name.endswith(_TEXTS) else FILE_LIMIT_BYTES
        if size > limit:
            raise CannotImport([Mistake(name, 0, f"At most {limit // 2**20} MB.")])


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Not a byte more than the entry says, whatever it unpacks to."""
    with archive.open(entry) as file:
        content = file.read(entry.file_size + 1)
    if len(content) > entry.file_size:
        raise CannotImport([Mistake(entry.filename, 0, "It unpacks to more than it says.")])
    return content
