"""Signatures: both levels hold against the right root and no other, every changed byte is noticed, keys stay secret."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import verapdf
from command import run
from pypdf import PdfReader

pytest.importorskip("pyhanko", reason="pyHanko is not installed (the extra `sign`)")

from authority import AUTHORITY, Holder, time_stamper, write_authority, write_keys
from evidence_pack import shared
from registers import PERIOD, two_versions

from reporting.commands.sign import PASSPHRASE
from reporting.digest import file_sha256
from reporting.evidence import sign
from reporting.evidence.integrity import all_faults
from reporting.evidence.signatures import check, holds
from reporting.types import UsageError

SECRET = "correct horse battery"  # noqa: S105 - of the tests
LATEST = f"{PERIOD}/latest"


class Nonsense(BaseHTTPRequestHandler):
    """A server that answers with something else than a time stamp."""

    kind = "text/html"

    def answer(self, query: bytes) -> bytes:
        """Give the answer to a query."""
        return b"<html>" if query else b""

    def do_POST(self) -> None:
        """Answer."""
        answer = self.answer(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.send_header("Content-Type", self.kind)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Print nothing."""


class OpenSsl(Nonsense):
    """A time stamp authority of another implementation than ours and pyHanko's: `openssl ts` behind HTTP."""

    kind = "application/timestamp-reply"
    place: Path

    def answer(self, query: bytes) -> bytes:
        """Give the reply of OpenSSL, which signs the time."""
        (self.place / "query.tsq").write_bytes(query)
        command = ["openssl", "ts", "-reply", "-config", AUTHORITY, "-queryfile", "query.tsq", "-out", "reply.tsr"]
        subprocess.run(command, check=True, capture_output=True, cwd=self.place)  # noqa: S603 - the program that the test is about
        return (self.place / "reply.tsr").read_bytes()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Holder]:
    """A folder of keys, and the root that they lead to."""
    folder = tmp_path_factory.mktemp("keys")
    return folder, write_keys(folder, SECRET.encode())[0]


@pytest.fixture(scope="module")
def keys(authority: tuple[Path, Holder]) -> Path:
    return authority[0]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of an inventory of which one version is published with its PDF, and approved."""
    return shutil.copytree(shared().path.parent / "inventory", tmp_path_factory.mktemp("sign") / "inventory")


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with the one file of a pack that is signed."""
    path = tmp_path_factory.mktemp("pack") / "pack.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("bag/manifest-sha256.txt", f"{'0' * 64}  data/figures.json\n")
        archive.writestr("bag/data/manifest-sha256.txt", "not this one")
    return path


@pytest.fixture(autouse=True)
def secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSPHRASE, SECRET)


@pytest.fixture(scope="module")
def signed(folder: Path, keys: Path, authority: tuple[Path, Holder], pack: Path) -> Path:
    """The PDF with a time stamp, B-T, and PACK.p7s beside the pack."""
    target = folder / "out" / "signed" / "stamped.pdf"
    signer, stamper = sign.load_signer(sign.Keys(keys / "key.p12", None, None, SECRET.encode())), time_stamper(authority[1])
    _, pdf = sign.signable(folder, LATEST, unapproved=False)
    sign.sign_pdf(pdf, target, signer, "a reason", stamper)
    sign.sign_pack(pack, pack.with_name("pack.zip.p7s"), signer, stamper)
    return target


def test_the_verb_signs_a_copy_and_leaves_the_version_as_it_is(folder: Path, keys: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = run(capsys, "sign", folder, LATEST, "--key", keys / "key.p12", "--json")
    assert ran.code == 0, ran.err
    told = json.loads(ran.out)
    pdf = folder / "disclosures" / PERIOD / "v1" / "disclosure-2026-Q3.pdf"
    assert (told["version"], told["level"], told["unsigned_sha256"]) == ("2026-Q3/v1", "B-B", file_sha256(pdf))
    assert all_faults(folder / "disclosures") == ()
    assert Path(told["files"][0]).read_bytes().startswith(pdf.read_bytes())
    (one,) = check(Path(told["files"][0]), keys / "root.pem")
    assert (one.kind, one.signer, one.is_intact, one.is_trusted, one.covers_whole_file, one.time_stamp) == (
        "PAdES B-B", "Example Reporting", True, True, True, "none",
    )  # fmt: skip
    reader = PdfReader(told["files"][0])
    assert set(reader.attachments) == {"figures.json", "ledger.csv", "disclosure-2026-Q3.xlsx"}
    (field,) = reader.get_fields().values()  # type: ignore[union-attr]
    assert "approved by Bob Boyd" in str(field.value["/Reason"])
    assert folder.name not in str(field.value["/Reason"])


def test_a_time_stamp_makes_it_b_t_and_another_root_is_not_trusted(signed: Path, keys: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (one,) = check(signed, keys / "root.pem")
    assert (one.kind, one.time_stamp) == ("PAdES B-T", "valid")
    assert holds([one])
    (stranger,) = check(signed, keys / "other.pem")
    assert (stranger.is_intact, stranger.is_trusted, stranger.time_stamp) == (True, False, "not valid")
    ran = run(capsys, "signatures", signed, "--trust", keys / "root.pem")
    assert ran.code == 0
    assert "PAdES B-T by Example Reporting: intact, trusted, covers the whole file, time stamp: valid\nholds" in ran.out
    ran = run(capsys, "signatures", signed, "--trust", keys / "other.pem")
    assert (ran.code, "NOT TRUSTED" in ran.out, "DOES NOT HOLD" in ran.out) == (1, True, True)


@pytest.mark.parametrize("place", range(3, 100, 12))
def test_a_changed_byte_is_noticed_wherever_it_lies(signed: Path, keys: Path, tmp_path: Path, place: int) -> None:
    data = bytearray(signed.read_bytes())
    data[len(data) * place // 100] ^= 1
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(data)
    assert not holds(check(changed, keys / "root.pem"))


def test_what_is_added_behind_the_signature_is_noticed(signed: Path, keys: Path, tmp_path: Path) -> None:
    longer = tmp_path / "longer.pdf"
    longer.write_bytes(signed.read_bytes() + b"\n% more\n")
    assert not holds(check(longer, keys / "root.pem"))


def test_the_manifest_of_a_pack_is_signed_apart(
    signed: Path, pack: Path, keys: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert signed.is_file()
    signature = pack.with_name("pack.zip.p7s")
    (one,) = check(pack, keys / "root.pem", signature)
    assert (one.kind, holds([one])) == ("CAdES B-T", True)
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("bag/manifest-sha256.txt", f"{'1' * 64}  data/figures.json\n")
    assert not holds(check(other, keys / "root.pem", signature))
    (tmp_path / "broken.p7s").write_bytes(signature.read_bytes()[:-9])
    assert not holds(check(pack, keys / "root.pem", tmp_path / "broken.p7s"))
    (tmp_path / "no.zip").write_bytes(b"PK")
    ran = run(capsys, "signatures", tmp_path / "no.zip", "--trust", keys / "root.pem", "--signature", signature)
    assert (ran.code, ran.err.count("\n")) == (3, 1)


def test_a_pem_key_does_as_well_and_a_plain_one_asks_for_nothing(
    folder: Path, keys: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    common = ("sign", folder, LATEST, "--certificate", keys / "certificate.pem", "--out", tmp_path)
    assert run(capsys, *common, "--key", keys / "key.pem").code == 0
    monkeypatch.delenv(PASSPHRASE)
    ran = run(capsys, *common, "--key", keys / "plain.pem")
    assert ran.code == 0, ran.err
    assert holds(check(tmp_path / "disclosure-2026-Q3-v1-signed.pdf", keys / "root.pem"))
    monkeypatch.setattr("sys.stdin.isatty", lambda: False)
    ran = run(capsys, *common, "--key", keys / "key.pem")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "needs a passphrase. fix: set GHG_SIGN_PASSPHRASE" in ran.err


def test_a_wrong_passphrase_is_told_in_one_line_and_never_shown(
    folder: Path, keys: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(PASSPHRASE, "hunter2")
    for options in (("--key", keys / "key.p12"), ("--key", keys / "key.pem", "--certificate", keys / "certificate.pem")):
        ran = run(capsys, "sign", folder, LATEST, *options)
        assert (ran.code, ran.err.count("\n")) == (3, 1)
        assert "hunter2" not in ran.err


def test_a_version_that_nobody_approved_is_signed_only_when_that_is_said(
    keys: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(UsageError, match=r"2026-Q3/v2 is not approved.*--unapproved"):
        sign.signable(two_versions(), LATEST, unapproved=False)
    ran = run(capsys, "sign", two_versions(), LATEST, "--key", keys / "key.p12", "--unapproved", "--out", tmp_path)
    assert (ran.code, ran.err) == (2, "ghg: 2026-Q3/v2 was published without a PDF. fix: publish with --format pdf\n")


def test_a_pack_is_signed_beside_its_zip_which_stays_as_it_was(
    folder: Path, keys: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The verb on a real pack: the signature holds, the ZIP has the same bytes, and the verifier in it accepts it as before."""
    made = shared()
    path = shutil.copyfile(made.path, tmp_path / "pack.zip")
    before = file_sha256(path)
    ran = run(capsys, "sign", folder, LATEST, "--key", keys / "key.p12", "--pack", path, "--out", tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert f"{path}.p7s" in ran.out
    assert file_sha256(path) == before
    ran = run(capsys, "signatures", path, "--trust", keys / "root.pem", "--signature", f"{path}.p7s")
    assert (ran.code, "CAdES B-B by Example Reporting: intact, trusted" in ran.out) == (0, True)
    with zipfile.ZipFile(path) as archive:
        [verifier] = [name for name in archive.namelist() if name.count("/") == 1 and name.endswith("/verify.py")]
        (tmp_path / "verify.py").write_bytes(archive.read(verifier))
    command = [sys.executable, "-I", str(tmp_path / "verify.py"), str(path), "--digest", made.pack_digest]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - the pack's own script
    assert (done.returncode, "nothing differs" in done.stdout) == (0, True), done.stdout


def test_a_pack_of_something_else_is_not_signed(
    folder: Path, keys: Path, pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = run(capsys, "sign", folder, LATEST, "--key", keys / "key.p12", "--pack", pack, "--out", tmp_path)
    assert (ran.code, ran.err) == (
        2, f"ghg: {pack}: is no pack of 2026-Q3/v1. fix: give the pack that `ghg pack` wrote of this version\n",
    )  # fmt: skip
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("answer", ["refused", "nonsense"])
def test_a_time_stamp_authority_that_fails_ends_in_one_line_and_writes_nothing(
    folder: Path, keys: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], answer: str
) -> None:
    with HTTPServer(("127.0.0.1", 0), Nonsense) as server:
        port = server.server_port
        if answer == "nonsense":
            threading.Thread(target=server.handle_request, daemon=True).start()
        else:
            server.server_close()
        address = f"http://127.0.0.1:{port}/"
        ran = run(capsys, "sign", folder, LATEST, "--key", keys / "key.p12", "--timestamp", address, "--out", tmp_path)
    assert (ran.code, ran.err.count("\n")) == (3, 1), ran.err
    assert f"{address}: gave no time stamp" in ran.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.heavy("openssl")
def test_an_authority_of_another_implementation_stamps_over_http(
    folder: Path, authority: tuple[Path, Holder], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The option of the command, from the query over HTTP to the validation, with time stamps that OpenSSL made and verifies itself."""
    keys, root = authority
    OpenSsl.place = write_authority(tmp_path / "authority", root)
    with HTTPServer(("127.0.0.1", 0), OpenSsl) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        ran = run(capsys, "sign", folder, LATEST, "--key", keys / "key.p12", "--timestamp", address, "--out", tmp_path)
        server.shutdown()
    assert (ran.code, ran.err) == (0, "")
    assert "signed, PAdES B-T" in ran.out
    (signed,) = tmp_path.glob("*.pdf")
    (one,) = check(signed, keys / "root.pem")
    assert (one.kind, one.time_stamp, holds([one])) == ("PAdES B-T", "valid", True)
    (stranger,) = check(signed, keys / "other.pem")
    assert (stranger.time_stamp, holds([stranger])) == ("not valid", False)


@pytest.mark.heavy(*verapdf.NEEDS)
def test_a_signed_report_is_still_pdf_a_and_pdf_ua(signed: Path) -> None:
    assert verapdf.check(signed, ["3a", "ua1"]) == []
