"""Finding the files of a source inside the inventory folder, and opening them as plain UTF-8 text."""

from __future__ import annotations

import codecs
import gzip
import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from reporting import private_key
from reporting.types import InputError

CHUNK = 1 << 20
MAX_BYTES = 20 << 30
MAX_RATIO = 200
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


class UnreadableFileError(Exception):
    """A file that cannot be taken in; carries the rule, the message and the fix of the finding that it becomes."""

    def __init__(self, rule: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.rule, self.message, self.fix = rule, message, fix


def find(folder: Path, pattern: str) -> list[Path]:
    """The files that a source's path pattern names, sorted; refuses patterns and links that lead out of the folder."""
    if Path(pattern).is_absolute() or ".." in Path(pattern).parts:
        message = f'path "{pattern}" leads out of the inventory folder'
        raise UnreadableFileError("intake/path-outside", message, "name files inside the folder")
    try:
        found = sorted(folder.glob(pattern), key=lambda path: path.relative_to(folder).as_posix())
    except (ValueError, IndexError, NotImplementedError):
        raise UnreadableFileError(
            "intake/file-missing", f'"{pattern}" is no pattern of files', "name files, as in activity/*.csv"
        ) from None
    for path in found:
        _refuse_unsafe(folder, path)
    if not found:
        message = f'no file matches "{pattern}"'
        raise UnreadableFileError("intake/file-missing", message, "add the file, or remove the source from inventory.yaml")
    return found


def _refuse_unsafe(folder: Path, path: Path) -> None:
    name = path.relative_to(folder).as_posix()
    if not path.resolve().is_relative_to(folder.resolve()):
        raise UnreadableFileError("intake/path-outside", f'"{name}" is a link out of the inventory folder', "copy the file into the folder")
    if path.is_dir():
        raise UnreadableFileError("intake/not-a-file", f'"{name}" is a directory', "name the files in it, for instance activity/*.csv")
    if name == private_key.NAME:
        raise UnreadableFileError("intake/not-a-file", f'"{name}" is the key of the inventory and no data', "name the files of the source")
    if path.stat().st_size == 0:
        raise UnreadableFileError("intake/file-empty", f'"{name}" is empty', "export the file again")


def refuse_links(folder: Path) -> None:
    """Raise InputError where inventory.yaml, a table beside it or a file of the company's factors is a link out of the folder."""
    inside = folder.resolve()
    for path in sorted((folder / "inventory.yaml", *folder.glob("*.csv"), folder / "factors", *folder.glob("factors/**/*"))):
        if path.is_symlink() and not path.resolve().is_relative_to(inside):
            raise InputError(f"{path}: is a link out of the inventory folder. fix: copy the file into the folder")


def _encoding(path: Path, declared: str) -> str:
    if declared:
        return declared
    with raw_bytes(path) as stream:
        start = stream.read(4)
    return next((name for mark, name in MARKS.items() if start.startswith(mark)), "utf-8")


def raw_bytes(path: Path) -> BinaryIO:
    """The bytes of a file, gzip unpacked."""
    return cast("BinaryIO", gzip.open(path, "rb")) if path.suffix == ".gz" else path.open("rb")


@contextmanager
def as_utf8(path: Path, declared: str) -> Iterator[Path]:
    """Give a UTF-8 copy of a text file (gzip unpacked); the encoding is the declared one or its byte-order mark, never a guess."""
    encoding = _encoding(path, declared)
    with tempfile.TemporaryDirectory(prefix="ghg-") as scratch:
        copy = Path(scratch) / "text"
        try:
            _transcode(path, copy, encoding)
        except UnicodeDecodeError as error:
            raise UnreadableFileError(
                "intake/encoding", f"is not {encoding} text (byte {error.start})", "save it as UTF-8, or declare `encoding` for the source"
            ) from None
        except LookupError:
            raise UnreadableFileError(
                "intake/encoding", f'unknown encoding "{encoding}"', "declare an encoding that Python knows, such as latin-1"
            ) from None
        except (gzip.BadGzipFile, EOFError) as error:
            raise UnreadableFileError("intake/gzip", f"is not a whole gzip file ({error})", "export the file again") from None
        yield copy


def _transcode(path: Path, copy: Path, encoding: str) -> None:
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(encoding)(), translate=True)  # one kind of line end
    limit = min(MAX_BYTES, max(path.stat().st_size * MAX_RATIO, 1 << 26))
    written = 0
    with raw_bytes(path) as source, copy.open("wb") as target:
        while chunk := source.read(CHUNK):
            written += len(chunk)
            if b"\0" in chunk and "16" not in encoding and "32" not in encoding:
                fix = "export the file again as text, or declare its `encoding`"
                raise UnreadableFileError("intake/nul-byte", "holds NUL bytes", fix)
            if written > limit:
                raise UnreadableFileError("intake/bomb", f"unpacks to more than {limit} bytes", "deliver the file unpacked")
            target.write(decoder.decode(chunk).encode())
        target.write(decoder.decode(b"", final=True).encode())
