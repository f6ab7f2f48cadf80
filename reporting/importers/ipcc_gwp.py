"""Import global warming potentials and refrigerant compositions: gwp.csv, gwp_blends.csv and the factor set of gas releases."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

from reporting.importers.opening import number_text, open_workbook, refuse_formulas
from reporting.importers.writer import FactorRow, LayoutChangedError, SetMeta, write_set
from reporting.types import UsageError

SHEET = "Emission Factors Hub"
GWP_URL = "https://github.com/openclimatedata/globalwarmingpotentials"
HYDROCARBONS = frozenset({"butane", "isobutane", "isopentane", "propane", "propylene"})
ALWAYS = (date(1990, 1, 1), date(2100, 1, 1))

_SETS = {
    "SARGWP100": ("SAR", 100, "IPCC SAR (1995), GHG Protocol list of GWP values"),
    "TARGWP100": ("TAR", 100, "IPCC TAR WG1 Table 6.7"),
    "AR4GWP100": ("AR4", 100, "IPCC AR4 WG1 Table 2.14"),
    "AR5GWP100": ("AR5", 100, "IPCC AR5 WG1 Table 8.A.1"),
    "AR6GWP100": ("AR6", 100, "IPCC AR6 WG1 Table 7.SM.7"),
    "AR5CCFGWP100": ("AR5-CCF", 100, "IPCC AR5 WG1 Table 8.SM.16, with climate-carbon feedbacks"),
    "TARGWP20": ("TAR-GWP20", 20, "IPCC TAR WG1 Table 6.7"),
    "TARGWP500": ("TAR-GWP500", 500, "IPCC TAR WG1 Table 6.7"),
    "AR6GWP20": ("AR6-GWP20", 20, "IPCC AR6 WG1 Table 7.SM.7"),
    "AR6GWP500": ("AR6-GWP500", 500, "IPCC AR6 WG1 Table 7.SM.7"),
}
_METHANE = {
    "AR5": ("30", "28", "IPCC AR5 WG1 Table 8.A.1"),
    "AR6": ("29.8", "27.0", "IPCC AR6 WG1 Table 7.15; GHG Protocol, IPCC Global Warming Potential Values v2.0 (August 2024)"),
    "AR6-GWP20": ("82.5", "79.7", "IPCC AR6 WG1 Table 7.15"),
    "AR6-GWP500": ("10.0", "7.2", "IPCC AR6 WG1 Table 7.15"),
}
_PFC = {
    "CF4": "PFC-14",
    "C2F6": "PFC-116",
    "C3F8": "PFC-218",
    "cC4F8": "PFC-318",
    "C4F10": "PFC-31-10",
    "C5F12": "PFC-41-12",
    "C6F14": "PFC-51-14",
    "C7F16": "PFC-61-16",
    "C8F18": "PFC-71-18",
    "C10F18": "PFC-91-18",
    "cC3F6": "PFC-c216",
}
_OWN_GROUP = frozenset({"CO2", "CH4", "N2O", "SF6", "NF3", "CO2e"})


LAYOUT = "globalwarmingpotentials.csv of openclimatedata; --with names the EPA GHG Emission Factors Hub workbook (blends, Table 12)"
ENDINGS = (".csv",)


@dataclass(frozen=True, slots=True)
class Gwp:
    """One row of gwp.csv: kg CO2e per kg of the gas over the horizon; kyoto_value counts the parts that the Kyoto Protocol lists."""

    gwp_set: str
    gas: str
    gas_group: str
    value: str
    is_kyoto: str
    kyoto_value: str
    horizon_years: int
    citation: str


@dataclass(frozen=True, slots=True)
class Share:
    """One row of gwp_blends.csv: the mass share of a component in a refrigerant blend."""

    blend: str
    gas: str
    mass_share: Decimal
    citation: str


def gas_name(species: str) -> str:
    """Return our name of a gas for a formula or designation of the compilation: HFC4310mee is HFC-43-10mee, CF4 is PFC-14."""
    if species in _PFC:
        return _PFC[species]
    if species == "HFC4310mee":
        return "HFC-43-10mee"
    return re.sub(r"^(HCFC|HFC|CFC|HCFE|HFE|Halon)(?=\d)", r"\1-", species)


def gas_group(gas: str) -> str:
    """Return the group of a gas as the Kyoto Protocol (Annex A) lists them; all others are `other`."""
    if gas in _OWN_GROUP:
        return gas
    return "CH4" if gas.startswith("CH4_") else {"HFC": "HFCs", "PFC": "PFCs"}.get(gas.split("-", maxsplit=1)[0], "other")


def import_file(path: Path, folder: Path, *, second: Path | None = None) -> None:
    """Write the factor set of gas releases, with gwp.csv and gwp_blends.csv beside it; `second` is the EPA workbook with the blends."""
    if second is None:
        raise UsageError(f"{path}: compositions of blends stand in another file. fix: add --with and the EPA Hub workbook")
    refuse_formulas(second, {SHEET})
    import_releases(path, second, folder)
    write_tables(path, second, folder)


def set_id(meta: Mapping[str, Any]) -> str:
    """Return the set's folder name: the assessment report whose list of gases it holds."""
    return f"ipcc_gases_{str(meta['gwp_set']).lower()}"


def read_gwp(path: Path) -> list[Gwp]:
    """Read the compilation's CSV: one row per set and gas, with CO2, CO2e and methane by origin added."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    table = csv.DictReader(lines)
    missing = sorted({"Species", *_SETS} - set(table.fieldnames or ()))
    if missing:
        raise LayoutChangedError(path.name, "row 1", f"columns {', '.join(missing)}", ", ".join(table.fieldnames or ()))
    published = list(table)
    for index, line in enumerate(published, start=2):
        for column in _SETS:
            if line[column]:
                number_text(path.name, f"row {index} (comments apart), column {column}", line[column] or "")
    if not any(line["Species"] == "CH4" for line in published):
        raise LayoutChangedError(path.name, "column Species", "CH4", "no such row")
    return [row for column in _SETS for row in _one_set(column, published)]


def read_blends(path: Path) -> list[Share]:
    """Read Table 12 of the EPA Emission Factors Hub: composition by mass of blended refrigerants."""
    book = open_workbook(path)
    if SHEET not in book.sheetnames:
        raise LayoutChangedError(SHEET, "the sheet itself", f'a sheet "{SHEET}"', ", ".join(book.sheetnames))
    sheet = book[SHEET]
    rows = {str(row[2].value).strip(): row[2].row for row in sheet.iter_rows() if row[2].value is not None}
    if "ASHRAE #" not in rows or sheet.cell(rows["ASHRAE #"], 5).value != "Blend Composition":
        raise LayoutChangedError(SHEET, "C560:E560", "the header of Table 12 (ASHRAE #, 100-year GWP, Blend Composition)", "something else")
    blends = [(name, row) for name, row in rows.items() if name.startswith("R-")]
    return [share for name, row in blends for share in _shares(name, row, str(sheet.cell(row, 5).value))]


def write_tables(gwp_file: Path, hub_file: Path, folder: Path) -> None:
    """Write gwp.csv (gases and blends) and gwp_blends.csv into the factors folder."""
    gases, blends = read_gwp(gwp_file), read_blends(hub_file)
    _write(folder / "gwp.csv", Gwp, [*gases, *_blend_rows(gases, blends)])
    _write(folder / "gwp_blends.csv", Share, blends)


def import_releases(gwp_file: Path, hub_file: Path, folder: Path) -> None:
    """Write the factor set of gas releases: 1 kg of a gas is 1 kg of it, a blend is its parts, so that every GWP set can price them."""
    gases = sorted({row.gas for row in read_gwp(gwp_file) if row.gas not in {"CO2e", "CH4_fossil", "CH4_biogenic"}})
    blends = [share for share in read_blends(hub_file) if share.gas not in HYDROCARBONS]
    single = [_release(Share(gas, gas, Decimal(1), f"{gas}: one gas"), "1", "kg per kg") for gas in gases]
    parts = [_release(share, format((share.mass_share * 100).normalize(), "f"), "% by mass") for share in blends]
    digest = sha256(gwp_file.read_bytes() + hub_file.read_bytes()).hexdigest()
    write_set(folder, _meta(digest), [*single, *parts])


def _one_set(column: str, published: list[dict[str, str]]) -> Iterator[Gwp]:
    name, years, source = _SETS[column]

    def row(gas: str, value: str, citation: str) -> Gwp:
        group = gas_group(gas)
        is_kyoto = group != "other"
        return Gwp(name, gas, group, value, str(is_kyoto).lower(), value if is_kyoto else "0", years, citation)

    yield row("CO2", "1", "reference gas by definition")
    yield row("CO2e", "1", "by definition: already carbon dioxide equivalent")
    for line in published:
        if line[column]:
            yield row(gas_name(line["Species"]), line[column], source)
    plain = next(line[column] for line in published if line["Species"] == "CH4")
    fossil, biogenic, where = _METHANE.get(name, (plain, plain, f"{source}; no distinction of origin: the value of CH4"))
    yield row("CH4_fossil", fossil, where)
    yield row("CH4_biogenic", biogenic, where)


def _shares(name: str, row: int, text: str) -> Iterator[Share]:
    parts = [re.fullmatch(r"\s*([\d.]+)% (\S+)\s*", part) for part in text.split(",")]
    shares = [(Decimal(part[1]) / 100, part[2]) for part in parts if part]
    if len(shares) != len(parts) or sum(share for share, _ in shares) != 1:
        raise LayoutChangedError(SHEET, f"E{row}", "mass shares that add up to 100%", text)
    for share, gas in shares:
        yield Share(name, gas, share, f"EPA GHG Emission Factors Hub 2025 Table 12, E{row}")


def _blend_rows(gases: list[Gwp], shares: list[Share]) -> Iterator[Gwp]:
    """Yield composition times component GWP, hydrocarbons counted as zero; a set without one of the components has no such row."""
    value = {(row.gwp_set, row.gas): Decimal(row.value) for row in gases}
    for name, years, source in _SETS.values():
        for blend in dict.fromkeys(share.blend for share in shares):
            parts = [share for share in shares if share.blend == blend and share.gas not in HYDROCARBONS]
            if all((name, part.gas) in value for part in parts):
                total = sum((part.mass_share * value[name, part.gas] for part in parts), Decimal(0))
                listed = [part for part in parts if gas_group(part.gas) != "other"]
                kyoto = sum((part.mass_share * value[name, part.gas] for part in listed), Decimal(0))
                groups = {gas_group(part.gas) for part in parts}
                group = groups.pop() if len(groups) == 1 else "other"
                is_kyoto = str(listed == parts).lower()
                citation = f"computed: composition ({parts[0].citation}) x component GWPs ({source}); hydrocarbons count 0"
                yield Gwp(name, blend, group, _thousandths(total), is_kyoto, _thousandths(kyoto), years, citation)


def _thousandths(value: Decimal) -> str:
    """Return the value with the three decimals of the schema's gwp column, half away from zero, without trailing zeros."""
    text = format(value.quantize(Decimal("0.001"), rounding=ROUND_HALF_UP), "f")
    return text.rstrip("0").rstrip(".")


def _release(share: Share, published: str, unit: str) -> FactorRow:
    return FactorRow(
        factor_id=f"ipcc-gases.ar6.{share.blend}",
        label=f"Release of {share.blend}",
        activity_type=f"refrigerant.{share.blend}",
        region="world",
        valid_from=ALWAYS[0],
        valid_to=ALWAYS[1],
        basis="",
        boundary="direct",
        gas=share.gas,
        published_value=published,
        published_unit=unit,
        value=share.mass_share,
        value_as="kg_gas",
        per_unit="kg",
        is_biogenic=False,
        citation=share.citation,
    )


def _meta(digest: str) -> SetMeta:
    return SetMeta(
        publisher="IPCC; US EPA Center for Corporate Climate Leadership",
        title="Releases of greenhouse gases by mass, blends by composition",
        edition="IPCC AR6 gas list (2021); EPA GHG Emission Factors Hub 2025 Table 12",
        url=GWP_URL,
        licence="CC0-1.0 (gas list); US public domain, 17 USC 105 (compositions)",
        redistributable=True,
        retrieved=date(2026, 11, 23),
        sha256=digest,
        gwp_set="AR6",
        usable_until=date(2099, 12, 31),
        supersedes=None,
        preference=5,
        attribution=None,
    )


def _write(path: Path, record: type[Gwp] | type[Share], rows: list[Gwp] | list[Share]) -> None:
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(record.__slots__)
    out.writerows([[format(cell, "f") if isinstance(cell, Decimal) else cell for cell in astuple(row)] for row in rows])
    path.write_bytes(text.getvalue().encode())
