"""The emission factors that the product carries, and those of an inventory: listed, searched, shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from reporting.database import Connection, connect, run_file
from reporting.pipeline import Progress, run_stages, silent
from reporting.questions.answers import (
    Edition,
    FactorDetail,
    FactorSearch,
    FactorSet,
    FactorSets,
    FoundFactor,
    GasValue,
    GwpSet,
    GwpTotal,
    OtherMetric,
)
from reporting.questions.asking import FOLDER, ask, unknown
from reporting.reference import load_reference
from reporting.types import UsageError

if TYPE_CHECKING:
    import pandas as pd

GWP_SETS: tuple[GwpSet, ...] = ("SAR", "TAR", "AR4", "AR5", "AR6")
CERTAIN = 100


def open_catalogue(inventory: Path | None = None, *, progress: Progress = silent) -> Connection:
    """A database with reference data and every usable factor, those of an inventory folder included; raises InputError, UsageError."""
    if inventory and not inventory.is_dir():
        raise UsageError(f'"{inventory}" is not a folder. fix: name the inventory folder, or leave the option out')
    connection = connect()
    run_stages(connection, 0, 0)
    progress("reference data and emission factors")
    load_reference(connection, inventory / "factors" if inventory else None)
    run_stages(connection, 4, 4)
    run_file(connection, FOLDER / "factor_total.sql")
    return connection


def factor_sets(connection: Connection) -> pd.DataFrame:
    """One row per factor set: publisher, edition, how many values, licence, until when it may be used, its GWP set."""
    return ask(connection, "factor_sets", {"set_id": ""})


def search_factors(  # noqa: PLR0913 - one argument for each option of the verb
    connection: Connection, words: str, *, region: str = "", activity_type: str = "", gwp_set: str = "AR6", all_years: bool = False
) -> pd.DataFrame:
    """The factors that hold the words, spelling forgiven, best first; kg CO2e per unit under the GWP set; raises UsageError."""
    wanted = split_words(words)
    parameters = {
        "words": len(wanted), "region": known_region(connection, region), "activity_type": known_type(connection, activity_type),
        "gwp_set": known_gwp_set(gwp_set), "all_years": all_years,
    }  # fmt: skip
    match_words(connection, wanted)
    return ask(connection, "factor_search", parameters)


def split_words(words: str) -> list[str]:
    """The distinct words of a query, lower case."""
    return list(dict.fromkeys(re.findall(r"[^\W_]+", words.lower())))


def match_words(connection: Connection, wanted: Sequence[str]) -> None:
    """Fill word_match with the words that each wanted word may mean: itself and what begins with it, else near spellings."""
    run_file(connection, FOLDER / "factor_word.sql")
    vocabulary = [row[0] for row in connection.execute("select distinct word from factor_word order by word").fetchall()]
    connection.execute("create or replace temp table word_match (position integer, word varchar, score integer)")
    for position, word in enumerate(wanted):
        for found, score in spellings(word, vocabulary):
            connection.execute("insert into word_match values ($1, $2, $3)", [position, found, score])


def spellings(word: str, vocabulary: Sequence[str]) -> list[tuple[str, int]]:
    """The known words that a typed word may mean, with a score of 0 to 100; near spellings count only where no word begins with it."""
    begins = [
        (known, CERTAIN if known == word else CERTAIN - 5)
        for known in vocabulary
        if known.startswith(word) and (len(word) > 2 or known == word)
    ]
    if begins or not word.isalpha():
        return begins
    slips = 1 if len(word) <= 5 else 2
    close = process.extract(word, vocabulary, scorer=OSA.distance, score_cutoff=slips, limit=None)
    fewest = min((distance for _, distance, _ in close), default=0)
    return [(known, CERTAIN - 15 * int(distance)) for known, distance, _ in close if distance == fewest and known.isalpha()]


def read_as(connection: Connection, best: FoundFactor) -> list[str]:
    """How the words of the last search were read in the best factor: for each wanted word the one that it holds."""
    rows = connection.execute(
        """select arg_max(m.word, m.score) from word_match m join factor_word w on w.word = m.word
           where w.set_id = $1 and w.factor_id = $2 group by m.position order by m.position""",
        [best.set_id, best.factor_id],
    ).fetchall()
    return [row[0] for row in rows]


def known_region(connection: Connection, region: str) -> str:
    """The region as the tables spell it, '' for any; raises UsageError with a suggestion."""
    known: dict[str, str] = {row[0].lower(): row[0] for row in connection.execute("select region from region").fetchall()}
    if region and region.lower() not in known:
        raise unknown(
            "region",
            region,
            known.values(),
            "use world, a country such as GB, a grid such as US:eGRID:SRVC or a cloud region such as aws:us-east-1",
        )
    return known.get(region.lower(), "")


def known_type(connection: Connection, activity_type: str) -> str:
    """The activity type of a name or an alias, '' for any; raises UsageError with a suggestion."""
    types: dict[str, str] = {row[0]: row[0] for row in connection.execute("select activity_type from activity_type").fetchall()}
    aliases = dict(connection.execute("select alias, activity_type from activity_type_alias").fetchall())
    found = types.get(activity_type) or str(aliases.get(activity_type.lower(), ""))
    if activity_type and not found:
        raise unknown("activity type", activity_type, [*types, *aliases], "search without --type and take one from the list")
    return found


def known_gwp_set(gwp_set: str) -> GwpSet:
    """The GWP set as the tables spell it; raises UsageError with the list."""
    for name in GWP_SETS:
        if name == gwp_set.upper():
            return name
    raise UsageError(
        f'unknown GWP set "{gwp_set}". fix: use one of {", ".join(GWP_SETS)}, all of 100 years; `ghg factors show` prints other horizons'
    )


def show_factor(connection: Connection, factor_id: str, *, gwp_set: str = "AR6") -> FactorDetail:
    """One factor whole: gases as printed and as used, CO2e under each GWP set, its set, other editions. Raises UsageError."""
    key = dict(zip(("set_id", "factor_id"), find_factor(connection, factor_id), strict=True))
    head = ask(connection, "factor_head", key).to_dict("records")[0]
    gases = tuple(GasValue(**row) for row in ask(connection, "factor_gases", key).to_dict("records"))
    totals = tuple(
        GwpTotal(**row | {"missing_gases": tuple(row["missing_gases"])}) for row in ask(connection, "factor_totals", key).to_dict("records")
    )
    others = tuple(
        OtherMetric(**row | {"missing_gases": tuple(row["missing_gases"])})
        for row in ask(connection, "factor_other_metrics", key).to_dict("records")
    )
    editions = ask(connection, "factor_editions", {**key, "gwp_set": known_gwp_set(gwp_set)}).to_dict("records")
    factor_set = FactorSet(**ask(connection, "factor_sets", {"set_id": key["set_id"]}).to_dict("records")[0])
    later = tuple(Edition(**row) for row in editions)
    return FactorDetail(**head, factor_set=factor_set, gases=gases, totals=totals, other_metrics=others, editions=later)


def find_factor(connection: Connection, wanted: str) -> tuple[str, str]:
    """Set and id of the factor meant by `id` or `set/id`, letter case forgiven where that is unambiguous; raises UsageError."""
    heads = list(ask(connection, "factor_heads").itertuples(index=False, name=None))
    for fold in (str, str.lower):
        found = [(set_id, name) for set_id, name in heads if fold(wanted) in (fold(name), fold(f"{set_id}/{name}"))]
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageError(
                f'factor "{wanted}" stands in several places. fix: use one of {", ".join("/".join(pair) for pair in found[:5])}'
            )
    raise unknown("factor", wanted, [name for _, name in heads], "`ghg factors search WORDS` finds ids")


def factor_sets_answer(connection: Connection) -> FactorSets:
    """All sets as a frozen record."""
    return FactorSets(tuple(FactorSet(**row) for row in factor_sets(connection).to_dict("records")))


def search_answer(  # noqa: PLR0913 - one argument for each option of the verb
    connection: Connection,
    words: str,
    *,
    region: str = "",
    activity_type: str = "",
    gwp_set: str = "AR6",
    all_years: bool = False,
    limit: int = 15,
) -> FactorSearch:
    """The first factors of a search as a frozen record, with how the words were read."""
    found = search_factors(connection, words, region=region, activity_type=activity_type, gwp_set=gwp_set, all_years=all_years)
    first = tuple(FoundFactor(**row) for row in found.head(limit).to_dict("records"))
    read = tuple(read_as(connection, first[0])) if first else ()
    kind = known_type(connection, activity_type)
    return FactorSearch(tuple(split_words(words)), read, known_region(connection, region), kind, known_gwp_set(gwp_set), len(found), first)
