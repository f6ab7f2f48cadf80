"""Recalculates a workbook with LibreOffice, so that cached values can be compared with what the formulas give."""

import subprocess
import tempfile
from pathlib import Path

# Without this setting LibreOffice trusts the cached values of an .xlsx and a comparison proves nothing: 0 = always recalculate.
ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def recalculate(xlsx: Path, out: Path) -> Path:
    """Write the workbook with every formula calculated anew into the folder out, under its own name.

    Raises RuntimeError where none was written. The result is for reading values only: LibreOffice rewrites links and styles.
    """
    if out.resolve() == xlsx.resolve().parent:
        raise ValueError(f"{xlsx} would be overwritten: name another folder")
    with tempfile.TemporaryDirectory() as profile:  # a profile of its own: several runs at once, and nobody's settings
        user = Path(profile, "user")
        user.mkdir()
        (user / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE, encoding="utf-8")
        done = subprocess.run(  # noqa: S603
            [  # noqa: S607
                "soffice",
                "--headless",
                "--norestore",
                f"-env:UserInstallation=file://{profile}",
                "--convert-to",
                "xlsx:Calc MS Excel 2007 XML",
                "--outdir",
                str(out),
                str(xlsx),
            ],
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
    written = out / xlsx.name
    if done.returncode != 0 or not written.is_file():
        raise RuntimeError(f"LibreOffice wrote no {written}: {done.stderr.strip()}")
    return written
