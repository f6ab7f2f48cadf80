"""Made-up twins of the files that trackers and telemetry export: their columns and traps, numbers of our own; run it to write them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

PLACE = Path(__file__).parent / "connectors"
CODECARBON = [
    "timestamp", "project_name", "run_id", "experiment_id", "duration", "emissions", "emissions_rate", "cpu_power", "gpu_power",
    "ram_power", "cpu_energy", "gpu_energy", "ram_energy", "energy_consumed", "water_consumed", "country_name", "country_iso_code",
    "region", "cloud_provider", "cloud_region", "os", "python_version", "codecarbon_version", "cpu_count", "cpu_model", "gpu_count",
    "gpu_model", "longitude", "latitude", "ram_total_size", "tracking_mode", "cpu_utilization_percent", "gpu_utilization_percent",
    "ram_utilization_percent", "ram_used_gb", "on_cloud", "pue", "wue",
]  # fmt: skip
SACCT = [
    "JobID", "Cluster", "ConsumedEnergyRaw", "ConsumedEnergy", "AllocTRES", "ElapsedRaw", "Start", "End", "User", "Account", "JobName",
    "NTasks", "Partition", "State",
]  # fmt: skip
UUID = "GPU-00000000-0000-4000-8000-00000000000"


def table(header: list[str], rows: list[dict[str, str]], delimiter: str = ",") -> str:
    """A table as text; what a row does not name is empty."""
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, header, restval="", delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def codecarbon() -> dict[str, str]:
    """A flushed run of three rows, one with a PUE on a cloud, one constant processor; a task file beside its run; the oldest header."""
    shared = {"experiment_id": "same", "codecarbon_version": "3.3.2", "pue": "1.0", "on_cloud": "N", "longitude": "7.1", "latitude": "50.7"}
    runs = [
        {"timestamp": f"2026-07-05T10:{minute}:00", "run_id": "flushed", "duration": str(60 * minute), "energy_consumed": f"{minute / 100}",
         "emissions": f"{minute / 1000}", "gpu_energy": "0.05", "cpu_power": "6.1"}
        for minute in (10, 20, 30)
    ]  # fmt: skip
    runs += [
        {"timestamp": "2026-07-06T10:00:00", "run_id": "cloud", "duration": "3600", "energy_consumed": "2.3", "emissions": "0.46",
         "pue": "1.15", "on_cloud": "Y", "cloud_provider": "aws", "cloud_region": "eu-west-3", "gpu_energy": "1", "cpu_power": "20"},
        {"timestamp": "2026-07-07T10:00:00", "run_id": "constant", "duration": "60", "energy_consumed": "0.1", "emissions": "0.02",
         "gpu_energy": "0.09", "cpu_power": "42.5"},
        {"timestamp": "2026-07-08T10:00:09", "run_id": "tasked", "duration": "2", "energy_consumed": "0.5", "emissions": "0.1",
         "cpu_power": "5"},
    ]  # fmt: skip
    tasks = [
        {"task_name": name, "timestamp": f"2026-07-08T10:00:0{second}", "run_id": run, "duration": "2", "energy_consumed": kwh}
        for name, second, run, kwh in (("load", 3, "tasked", "0.2"), ("train", 9, "tasked", "0.3"), ("load", 5, "orphan", "0.7"))
    ]  # fmt: skip
    old = ["timestamp", "project_name", "duration", "emissions", "energy_consumed", "country_name", "on_cloud"]
    first = [{"timestamp": "2026-07-09T10:00:00", "experiment_id": "e1", "duration": "60", "emissions": "0.1", "energy_consumed": "0.4"}]
    return {
        "codecarbon/emissions.csv": table(CODECARBON, [shared | run for run in runs]),
        "codecarbon/emissions_tasks.csv": table(["task_name", *[name for name in CODECARBON if name not in {"pue", "wue"}]], tasks),
        "codecarbon_old/emissions_v1.csv": table([old[0], "experiment_id", *old[1:]], first),
        "codecarbon_invalid/emissions.csv": table(old, [{"timestamp": "2026-07-09T10:00:00", "duration": "60", "energy_consumed": "1"}]),
    }


def slurm() -> dict[str, str]:
    """A job with steps and a second line of its own id, a mark for no data, a 0, one rounded, one requeued, one running."""

    def job(name: str, raw: str, end: str = "2026-07-02T11:00:00", start: str = "2026-07-02T10:00:00", **other: str) -> dict[str, str]:
        given = {
            "JobID": name,
            "Cluster": "c1",
            "ConsumedEnergyRaw": raw,
            "Start": start,
            "End": end,
            "User": "someone",
            "Partition": "gpu",
        }
        return {
            **given,
            "ElapsedRaw": "3600",
            "State": "COMPLETED",
            "AllocTRES": "billing=4,cpu=4,gres/gpu=4,gres/gpu:a100=4,node=1",
        } | other

    step = {"User": "", "Partition": "", "AllocTRES": "cpu=4,node=1", "NTasks": "1"}
    rows = [
        job("77", "7200000"),
        job("77.batch", "1800000", **step),
        job("77.extern", "7200000", **step),
        job("77", "7190000", **step),
        job("78", "3600000", State="REQUEUED"),
        job("78", "1800000", "2026-07-02T13:00:00", "2026-07-02T12:00:00"),
        job("79_4", "18446744073709551614"),
        job("80", "0"),
        job("81", "", "Unknown", State="RUNNING"),
        job("82", "0", "2026-07-02T10:00:00", State="FAILED", ElapsedRaw="0"),
    ]
    rounded = [
        {"JobID": "90", "ConsumedEnergy": "3.60M", "Start": "2026-07-03-10:00:00", "End": "2026-07-03-11:00:00", "State": "COMPLETED"}
    ]
    return {
        "slurm/sacct.psv": table(SACCT, rows, "|"),
        "slurm_rounded/sacct.psv": table(["JobID", "ConsumedEnergy", "Start", "End", "State"], rounded, "|"),
    }


def nvidia_smi() -> dict[str, str]:
    """Two boards at 100 W and 300 W for a minute, every 10 s, exported twice; a pause; a repeated hour; hosts mixed; no unit."""
    head = "timestamp, index, uuid, power.draw [W], utilization.gpu [%]"
    rows = [
        f"2026/07/03 10:00:{second:02}.500, {index}, {UUID}{index}, {watts} W, 50 %"
        for second in range(0, 60, 10)
        for index, watts in ((0, "100.00"), (1, "300.00"))
    ]
    gap = [f"2026/07/04 {time}.000, 0, {UUID}9, 50.00 W, 1 %" for time in ("10:00:00", "10:00:10", "10:30:00", "10:30:10")]
    autumn = [f"2026/10/25 0{time}.000, 0, {UUID}8, 360.00 W, 1 %" for time in ("2:59:00", "2:59:59", "2:00:09", "2:01:09", "3:00:00")]
    mixed = [f"2026/07/05 10:00:{second}.000, {watts}" for second in ("00", "10") for watts in ("10.00", "90.00")]
    plain = [
        f"2026/07/06 10:00:{second}.000, 0, {watts}" for second, watts in (("00", "100"), ("10", "[N/A]"), ("20", "100"), ("30", "100"))
    ]
    return {
        "nvidia_smi/node1.csv": "\n".join([head, *rows, ""]),
        "nvidia_smi/node1_again.csv": "\n".join([head, *rows[4:], ""]),
        "nvidia_smi_gap/node.csv": "\n".join([head, *gap, ""]),
        "nvidia_smi_autumn/node.csv": "\n".join([head, *autumn, ""]),
        "nvidia_smi_mixed/node.csv": "\n".join(["timestamp, power.draw [W]", *mixed, ""]),
        "nvidia_smi_plain/node.csv": "\n".join(["timestamp, index, power.draw [W]", *plain, ""]),
        "nvidia_smi_unitless/node.csv": "\n".join(["timestamp, index, power.draw", *plain, ""]),
    }


def wandb() -> dict[str, str]:
    """Two GPUs every 15 s for a minute, 200 W and a ramp from 0 to 400 W; a run without GPU."""
    start = 1783072800
    rows = [
        {
            "_timestamp": start + second,
            "cpu": 12.5,
            "gpu.0.powerWatts": 200.0,
            "gpu.1.powerWatts": second * 400 / 60,
            "gpu.0.powerPercent": 50.0,
        }
        for second in range(0, 61, 15)
    ]
    return {
        "wandb/system_metrics.jsonl": "".join(json.dumps(row) + "\n" for row in rows),
        "wandb_cpu/system_metrics.jsonl": json.dumps({"_timestamp": start, "cpu": 3.0}) + "\n",
    }


def exposition(samples: list[tuple[str, dict[str, str], int, str]]) -> str:
    """Samples as Prometheus text: metric, labels, seconds since 1970, value."""
    lines = [f"{m}{{{','.join(f'{k}={json.dumps(v)}' for k, v in labels.items())}}} {value} {at}000\n" for m, labels, at, value in samples]
    return "".join(["# HELP x y\n", *lines])


def answer(samples: list[tuple[str, dict[str, str], int, str]]) -> str:
    """The same as the answer of a range query."""
    series: dict[str, list[list[object]]] = {}
    for metric, labels, at, value in samples:
        series.setdefault(json.dumps({"__name__": metric, **labels}), []).append([at, value])
    result = [{"metric": json.loads(metric), "values": values} for metric, values in series.items()]
    return json.dumps({"status": "success", "data": {"resultType": "matrix", "result": result}}, indent=1)


def dcgm() -> dict[str, str]:
    """A counter of mJ that begins again, with a mark for no data; a device with power alone; one board under two pods."""
    counter, power, start = "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", "DCGM_FI_DEV_POWER_USAGE", 1783072800
    one, two = {"gpu": "0", "UUID": f"{UUID}0"}, {"gpu": "1", "UUID": f"{UUID}1"}
    readings = ["5000000000", "5003600000", "9223372036854775794", "1800000", "5400000"]
    samples = [(counter, one | {"pod": pod}, start + 60 * n, value) for pod in ("a", "b") for n, value in enumerate(readings)]
    samples += [(power, one, start + 60 * n, "60") for n in range(5)]
    samples += [(power, two, start + 60 * n, "140737488355328" if n == 2 else "120") for n in range(5)]
    return {"dcgm/scrapes.prom": exposition(samples), "dcgm_query/range.json": answer(samples)}


def kepler() -> dict[str, str]:
    """A node with three zones, its active and idle parts, a pod and a GPU."""
    start, samples = 1783072800, []
    for n in range(3):
        at, node = start + 30 * n, {"node_name": "n1"}
        samples += [("kepler_node_cpu_joules_total", node | {"zone": zone}, at, str(1000 + joules * n)) for zone, joules in
                    (("package", 3600), ("core", 2000), ("psys", 5000))]  # fmt: skip
        samples += [("kepler_node_cpu_active_joules_total", node | {"zone": "package"}, at, str(3000 * n)),
                    ("kepler_pod_cpu_joules_total", {"pod_name": "p", "zone": "package"}, at, str(2500 * n)),
                    ("kepler_node_gpu_joules_total", node | {"gpu": "0"}, at, str(7200 * n)),
                    ("kepler_node_cpu_watts", node | {"zone": "package"}, at, "120")]  # fmt: skip
    return {"kepler/range.json": answer(samples)}


def scaphandre() -> dict[str, str]:
    """A host with a counter of uJ that begins again, its sockets and processes; a host with power alone."""
    start, one, two = 1783072800, {"instance": "h1"}, {"instance": "h2"}
    samples = [("scaph_host_energy_microjoules", one, start + 60 * n, value) for n, value in
               enumerate(("500000000000", "503600000000", "1800000000"))]  # fmt: skip
    samples += [("scaph_host_power_microwatts", host, start + 60 * n, "36000000") for host in (one, two) for n in range(3)]
    samples += [("scaph_process_power_consumption_microwatts", one | {"exe": "python"}, start, "9000000"),
                ("scaph_socket_power_microwatts", one, start, "9000000")]  # fmt: skip
    return {"scaphandre/scrapes.prom": exposition(samples)}


def zeus() -> dict[str, str]:
    """A window of two GPUs with a window inside it; two windows that overlap in part; a summary without energies."""
    head = ["start_time", "window_name", "elapsed_time", "gpu0_energy", "gpu1_energy"]
    rows = [
        ["100.5", "epoch", "60.0", "3600.0", "1800.0"],
        ["110.0", "step", "5.0", "300.0", "150.0"],
        ["200.0", "epoch", "50", "1800", "0"],
    ]
    mixed = [["100", "a", "60", "100", "100"], ["150", "b", "60", "100", "100"]]
    return {
        "zeus/windows.csv": table(head, [dict(zip(head, row, strict=True)) for row in rows]),
        "zeus_mixed/windows.csv": table(head, [dict(zip(head, row, strict=True)) for row in mixed]),
        "zeus_summary/summary.csv": "dataset,network,time_per_epoch,average_power\nimages,net,11.3,86.9\n",
    }


def nextflow() -> dict[str, str]:
    """Tasks with units in their cells, one from the cache, one failed, one without energy."""
    head = [
        "task_id",
        "hash",
        "status",
        "name",
        "energy_consumption",
        "CO2e",
        "carbon_intensity",
        "raw_energy_processor",
        "raw_energy_memory",
    ]
    rows = [
        ["1", "aa/1", "COMPLETED", "ALIGN", "1.3 Wh", "364 mg", "280 gCO₂e/kWh", "900 mWh", "100 mWh"],
        ["2", "aa/2", "FAILED", "ALIGN", "2.6 Wh", "728 mg", "280 gCO₂e/kWh", "1.5 Wh", "500 mWh"],
        ["3", "aa/3", "CACHED", "INDEX", "13 Wh", "4 g", "280 gCO₂e/kWh", "9 Wh", "1 Wh"],
    ]
    broken = [["1", "bb/1", "COMPLETED", "ALIGN", "1.3 Wh", "-", "280 gCO₂e/kWh", "-", "100 mWh"]]
    lines = {"nextflow_co2footprint/trace.txt": rows, "nextflow_co2footprint_missing/trace.txt": broken}
    return {name: table(head, [dict(zip(head, row, strict=True)) for row in given], "\t") for name, given in lines.items()}


def mlco2() -> dict[str, str]:
    """One A100 of 400 W for 100 hours, two T4, hardware that no list knows."""
    head = ["id", "hardware_type", "hours_used", "count", "cloud_provider", "compute_region", "start", "end", "carbon_emitted"]
    rows = [
        ["m1", "A100 SXM4 80 GB", "100", "1", "aws", "us-east-1", "2026-07-01", "2026-07-05", "14.8"],
        ["m2", "T4", "10.5", "2", "gcp", "europe-west4", "2026-07-06", "2026-07-06", ""],
        ["m3", "Quantum Z9", "1", "1", "gcp", "europe-west4", "2026-07-06", "2026-07-06", ""],
    ]
    return {"mlco2/estimates.csv": table(head, [dict(zip(head, row, strict=True)) for row in rows])}


def twins() -> dict[str, str]:
    """Every text file by its path below this folder."""
    made = (codecarbon, slurm, nvidia_smi, wandb, dcgm, kepler, scaphandre, zeus, nextflow, mlco2)
    return {name: text for make in made for name, text in make().items()}
