"""The stages from classification to figures run on Spark, transpiled statement by statement, with the same digits as on DuckDB.

What is mapped, beyond SQLGlot's own transpiling: HUGEINT is DECIMAL(38,0) (whole division then gives 64 bits, which the long division of
60_ratio.sql stays within), views are temporary views, tables are Parquet files.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

import architecture
import pytest

from reporting.database import stage_files
from reporting.pipeline import compute

FIRST, LAST = 30, 60
SAMPLE = Path(__file__).resolve().parent.parent / "samples" / "meridian"
CONFIGURATION = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.decimalOperations.allowPrecisionLoss": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.shuffle.partitions": "2",
    "spark.driver.memory": "2g",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",  # a short run: optimising its code costs more than it saves
    "spark.sql.codegen.wholeStage": "false",  # likewise: to compile each of a hundred small queries takes longer than to run them
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.ui.enabled": "false",
    "spark.sql.autoBroadcastJoinThreshold": "67108864",
    "spark.sql.adaptive.enabled": "false",
}
COMPARED = {
    "figure_all": "select figure_id, period, status, value, entries, amount, measured, estimated, fallback, reason from figure_all",
    "entry_total": """select view, basis, gas_group, sum(entries) as entries, sum(kg_co2e) as kg_co2e, sum(kg_gas) as kg_gas
        from entry_total group by view, basis, gas_group""",
    "entry": """select view, basis, gas, count(*) as entries, sum(quantity) as quantity, sum(kg_gas) as kg_gas, sum(kg_co2e) as kg_co2e
        from entry group by view, basis, gas""",
    "energy_total": """select view, energy_source, sum(entries) as entries, sum(mwh) as mwh, sum(mwh_measured) as mwh_measured
        from energy_total group by view, energy_source""",
}
Rows = list[tuple[object, ...]]


def statements(path: Path) -> Iterator[tuple[str, str, str]]:
    """Give kind (TABLE or VIEW), name and query in Spark's dialect of every statement of a stage file."""
    sqlglot = import_module("sqlglot")
    exp = sqlglot.exp
    for statement in sqlglot.parse(path.read_text(encoding="utf-8"), read="duckdb"):
        assert isinstance(statement, exp.Create), f"{path.name}: only tables and views may be made in stages {FIRST} to {LAST}"
        for kind in statement.find_all(exp.DataType):
            if kind.this == exp.DataType.Type.INT128:
                kind.replace(exp.DataType.build("decimal(38,0)"))
        yield statement.kind, statement.this.name, statement.expression.sql(dialect="spark", comments=False)


def input_tables() -> list[str]:
    """Give the tables that the stages read and do not make."""
    tables = [architecture.stage_tables(path.read_text(encoding="utf-8")) for path in stage_files(FIRST, LAST)]
    return sorted(set().union(*(read for _, read in tables)) - set().union(*(made for made, _ in tables)))


def plain(value: object) -> object:
    """Give a value as both engines write it: decimals without trailing zeros."""
    return format(value.normalize(), "f") if isinstance(value, Decimal) else value


def ordered(rows: list[Any]) -> Rows:
    return sorted((tuple(plain(value) for value in row) for row in rows), key=repr)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Rows]]:
    """Compute the sample on DuckDB: its input tables as Parquet, and what Spark has to find."""
    folder = tmp_path_factory.mktemp("spark")
    connection = compute(SAMPLE).connection
    present = {name for (name,) in connection.execute("select table_name from information_schema.tables").fetchall()}
    for name in set(input_tables()) & present:
        connection.table(name).write_parquet(str(folder / f"{name}.parquet"))
    return folder, {name: ordered(connection.execute(query).fetchall()) for name, query in COMPARED.items()}


@pytest.fixture(scope="module")
def spark(sample: tuple[Path, dict[str, Rows]]) -> Iterator[Any]:
    """Run the stages on a local Spark over those files."""
    builder = import_module("pyspark.sql").SparkSession.builder.master("local[2]").appName("stages")
    for key, value in CONFIGURATION.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    for path in sorted(sample[0].glob("*.parquet")):
        session.read.parquet(str(path)).createOrReplaceTempView(path.stem)
    for path in stage_files(FIRST, LAST):
        for kind, name, query in statements(path):
            frame = session.sql(query)
            if kind == "TABLE":
                made = str(sample[0] / "made" / name)
                frame.write.parquet(made)
                frame = session.read.parquet(made)
            frame.createOrReplaceTempView(name)
    yield session
    session.stop()


@pytest.mark.heavy("java", "pyspark", "sqlglot")
def test_every_figure_is_the_same_to_the_last_digit(spark: Any, sample: tuple[Path, dict[str, Rows]]) -> None:  # noqa: ANN401
    found = ordered(spark.sql(COMPARED["figure_all"]).collect())
    assert len(found) > 100
    assert sorted(set(found) ^ set(sample[1]["figure_all"]), key=repr)[:4] == []
    assert found == sample[1]["figure_all"]


@pytest.mark.heavy("java", "pyspark", "sqlglot")
@pytest.mark.parametrize("name", ["entry", "entry_total", "energy_total"])
def test_every_total_is_the_same_to_the_last_digit(spark: Any, sample: tuple[Path, dict[str, Rows]], name: str) -> None:  # noqa: ANN401
    found = ordered(spark.sql(COMPARED[name]).collect())
    assert found
    assert found == sample[1][name]


def test_a_digit_that_differs_is_noticed() -> None:
    near = ordered([("a", Decimal("1.000000000001"))])
    assert near != ordered([("a", Decimal("1.000000000002"))])
    assert ordered([("a", Decimal("1.50")), ("b", None)]) == ordered([("b", None), ("a", Decimal("1.5"))])


@pytest.mark.heavy("sqlglot")
def test_a_statement_that_makes_nothing_is_refused(tmp_path: Path) -> None:
    planted = tmp_path / "30_planted.sql"
    planted.write_text("create macro f(x) as x; insert into t select 1", encoding="utf-8")
    with pytest.raises(AssertionError, match="only tables and views"):
        list(statements(planted))
