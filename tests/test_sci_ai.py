"""SCI for AI (draft): consumer and provider scores on boundaries of their own, never mixed; no score without data or without R."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from inventories import compute, figures, table, value, write

from reporting.pipeline import Result
from reporting.tracing import trace
from reporting.types import InputError

HEADER = "activity_id,activity_type,start,end,quantity,unit,site,system,lifecycle_stage,measurement_point"
SPAN = "2026-07-01,2026-07-31"
LINES = (
    f"serve,electricity.purchased,{SPAN},1000,kWh,mill,model,inference,facility",
    f"train,electricity.purchased,{SPAN},5000,kWh,mill,model,training,facility",
    f"tune,electricity.purchased,{SPAN},500,kWh,mill,model,fine_tuning,facility",
    f"servers,stated.goods,{SPAN},40,kg_co2e,mill,model,embodied,facility",
    f"cluster,stated.goods,{SPAN},300,kg_co2e,mill,model,embodied_training,facility",
    f"web,electricity.purchased,{SPAN},10,kWh,mill,site,operation,facility",
)
MODEL = {
    "id": "model", "name": "Model", "functional_unit": "1e6 tokens", "quantity": {"2026-Q3": "120"}, "boundary": "all",
    "provision": {"functional_unit": "FLOP", "counted": "effective", "multiple": "1e18", "quantity": {"2026-Q3": "700"}},
}  # fmt: skip
OTHERS = (
    {"id": "site", "name": "Site", "functional_unit": "visit", "quantity": {"2026-Q3": "5"}, "boundary": "all"},
    {"id": "silent", "name": "Silent", "functional_unit": "visit", "quantity": {"2026-Q3": "5"}, "boundary": "all"},
)
FRAMEWORKS = [{"id": name, "view": "control"} for name in ("ghg_protocol", "sci", "sci_ai_draft")]


def build(folder: Path, model: Mapping[str, object]) -> Result:
    files = {"activity/s.csv": table(*LINES, header=HEADER)}
    return compute(write(folder, files, systems=[model, *OTHERS], frameworks=FRAMEWORKS))


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    return build(tmp_path_factory.mktemp("ai"), MODEL)


def of(result: Result, datapoint: str, system: str = "model") -> Decimal:
    return value(result, f"sci_ai_draft/{datapoint}/system={system}")


def test_each_boundary_has_its_own_stages_and_its_own_unit(result: Result) -> None:
    """R101: 200 + 40 kg of use, 1000 + 100 + 300 kg of provision; nothing stands in both, and together they are the SCI of the system."""
    assert of(result, "consumer_emissions") == 240
    assert of(result, "provider_emissions") == 1400
    assert of(result, "consumer_score") == 2000  # g per 1e6 tokens
    assert of(result, "provider_score") == 2000  # g per 1e18 FLOP
    assert value(result, "sci/emissions/system=model") == 1640
    assert of(result, "consumer_embodied") + of(result, "provider_embodied") == value(result, "sci/embodied/system=model")


def test_the_unit_of_a_provider_says_whether_it_is_gross_or_effective(result: Result) -> None:
    assert result.connection.execute("select unit from input where name = 'provider_unit'").fetchall() == [("1e18 FLOP (effective)",)]


def test_a_system_without_data_or_unit_has_no_score(result: Result) -> None:
    known = figures(result)
    assert known["sci_ai_draft/provider_score/system=site"] == ("not_reported", None)
    assert known["sci_ai_draft/consumer_score/system=silent"] == ("no_activity", None)
    assert known["sci/score/system=silent"] == ("no_activity", None)


def test_a_score_is_traced_through_its_boundary(result: Result) -> None:
    followed = trace(result.connection, "sci_ai_draft/provider_score/system=model", "2026-Q3")
    assert followed.is_exact
    assert sorted(followed.parts[0].lines["activity_id"]) == ["s:cluster", "s:train", "s:tune"]


@pytest.mark.parametrize("change", [{"functional_unit": "request"}, {"counted": "net"}, {"multiple": "7"}])
def test_a_unit_of_provision_that_the_draft_lacks_is_refused(change: dict[str, str], tmp_path: Path) -> None:
    """R103: FLOP, training token or parameter; gross or effective is stated."""
    provision = {"functional_unit": "FLOP", "counted": "gross", "quantity": {"2026-Q3": "1"}} | change
    with pytest.raises(InputError, match=rf"systems\.0\.provision\.{next(iter(change))}"):
        build(tmp_path, MODEL | {"provision": provision})
