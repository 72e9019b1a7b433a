"""What is found and what stays quiet: live alarms, nightly findings and the generic score, beside the usual detectors' rules.

Usage: Tests/Benchmarks/anomalies.py [FOLDER] [NAB]

FOLDER holds `anomaly/` and `anomalies/` with the composed exercises (default: the measured data beside the repository); NAB is a
checkout of the Numenta Anomaly Benchmark, for all of its 58 series. Tables in Markdown.
"""
import csv
import json
import pathlib
import subprocess
import sys
import tempfile
import time

import anomaly_rules as rules
from anomaly_scores import (LiveTruth, NabSeries, NightScore, PROFILES, instant, label_score, nab_score, read_events, rows)

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = ROOT / ".build/release/wattbuddy"
PROMPT = ["heavier", "two_at_once", "stuck_relay"]


def backtest(mode, source, target):
    start = time.monotonic()
    subprocess.run([PROGRAM, "backtest", "anomalies", "--mode", mode, source, target], check=True)
    return time.monotonic() - start


def live(folder, scratch):
    source = folder / "live_readings.csv.gz"
    seconds = backtest("live", source, scratch / "live.csv")
    truth = LiveTruth(folder)
    ours = truth.score(read_events(scratch / "live.csv"))
    count = sum(1 for _ in rows(source))
    print(f"## Live: {len(truth.first)} devices, {len(ours.events)} events, {ours.days:.0f} judged device-days\n")
    print(f"{count:,} readings in {seconds:.2f} s, {seconds / count * 1e6:.2f} µs each, reading the file and all\n")
    print("| detector | recall | precision | false a day | recall at 0.1 | 90 % | delay, s | socket | Brier | quiet "
          "`normal_large` that alarmed |\n|---|---|---|---|---|---|---|---|---|---|")
    for name, make, held in rules.LIVE_RULES:
        live_row(name, truth.score(rules.live_alarms(source, make, held)))
    live_row("**wattbuddy**", ours)
    print("\n| kind | tier | found at 0.1 | found | events |\n|---|---|---|---|---|")
    for (kind, tier), (kept, found, whole) in ours.by_tier().items():
        print(f"| {kind} | {tier} | {kept} | {found} | {whole} |")
    shares = ", ".join(f"{kind} {some} of {whole}" for kind, (some, whole) in ours.quiet_shares().items())
    print(f"\nQuiet events that alarmed: {shares}. Alarms in the week of learning: {ours.learning}. Median delay of "
          f"{', '.join(PROMPT)}: {ours.readings_late(PROMPT):.1f} readings.\n")


def live_row(name, score):
    low, high = score.recall_interval()
    right, brier = score.socket()
    print(f"| {name} | {score.recall:.2f} | {score.precision:.2f} | {len(score.false) / score.days:.2f} | "
          f"{score.recall_at:.2f} | {low:.2f} to {high:.2f} | {score.delay():.0f} | {right:.2f} | {brier:.2f} | "
          f"{len(score.quiet['normal_large'])} |")


def nightly(folder, scratch):
    source, truth = folder / "nightly_readings.csv.gz", folder / "nightly_truth.csv.gz"
    seconds = backtest("nightly", source, scratch / "nightly.csv")
    first = {}
    for row in rows(source):
        first.setdefault(row["device"], instant(row["ts"]))
    totals = rules.daily_totals(source)
    found = {
        "three random days": rules.random_days(totals),
        "2.5 sigma of daily totals": rules.night_findings(totals, rules.sigma_rule),
        "IQR of daily totals": rules.night_findings(totals, rules.quartile_rule),
        "**wattbuddy**": read_events(scratch / "nightly.csv"),
    }
    print(f"## Nightly: {len(first)} homes, {seconds:.2f} s\n")
    print("| detector | recall at 1 | recall at 3 | 90 % | right kind | useful | catch-up called high | rows a month |\n"
          "|---|---|---|---|---|---|---|---|")
    for name, findings in found.items():
        one, score = NightScore(truth, findings, first, 1), NightScore(truth, findings, first)
        low, high = score.recall_interval()
        print(f"| {name} | {one.recall():.2f} | {score.recall():.2f} | {low:.2f} to {high:.2f} | {score.right():.2f} | "
              f"{score.useful:.2f} | {score.high} of {score.catch_ups} | {score.written:.1f} |")
    print("\n| kind | right kind | found | faults |\n|---|---|---|---|")
    for kind, (right, some, whole) in score.by_kind().items():
        print(f"| {kind} | {right} | {some} | {whole} |")
    backtest("nightly", folder / "refit_readings.csv.gz", scratch / "refit.csv")
    table = label_score(folder / "refit_labels.csv", read_events(scratch / "refit.csv"))
    print(f"\nLabels by people (six homes): sensor faults {table['sensor_fault', 'met']} of "
          f"{table['sensor_fault', 'all']}, anomalies {table['anomaly', 'met']} of {table['anomaly', 'all']}.\n")


def scored(series, scratch):
    """series: name to (timestamps, values, windows of rows)."""
    ours, usual = [], []
    for timestamps, values, windows in series.values():
        with open(scratch / "series.csv", "w") as file:
            file.write("timestamp,value\n" + "".join(f"{t},{v}\n" for t, v in zip(timestamps, values)))
        backtest("score", scratch / "series.csv", scratch / "scores.csv")
        scores = [float(row["anomaly_score"]) for row in rows(scratch / "scores.csv")]
        ours.append(NabSeries(scores, windows))
        usual.append(NabSeries(rules.windowed_gaussian(list(map(float, values))), windows))
    for name, found in (("windowed Gaussian", usual), ("**wattbuddy**", ours)):
        figures = " | ".join(f"{nab_score(found, profile)[0]:.1f}" for profile in PROFILES)
        print(f"| {name} | {len(series)} | {figures} |")


def window_rows(timestamps, windows):
    return [(next(n for n, t in enumerate(timestamps) if t[:19] >= first[:19]),
             max(n for n, t in enumerate(timestamps) if t[:19] <= last[:19])) for first, last in windows]


def five_series(folder):
    found, windows = {}, {}
    for row in rows(folder / "nab_series.csv.gz"):
        times, values, _ = found.setdefault(row["series"], ([], [], None))
        times.append(row["timestamp"])
        values.append(row["value"])
    for row in rows(folder / "nab_windows.csv.gz"):
        windows.setdefault(row["series"], []).append((row["window_start"], row["window_end"]))
    return {name: (times, values, window_rows(times, windows.get(name, []))) for name, (times, values, _) in found.items()}


def all_series(folder):
    found = {}
    for name, windows in sorted(json.loads((folder / "labels/combined_windows.json").read_text()).items()):
        with open(folder / "data" / name) as file:
            table = list(csv.DictReader(file))
        times = [row["timestamp"] for row in table]
        found[name] = (times, [row["value"] for row in table], window_rows(times, windows))
    return found


def main():
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared/data"
    if not (folder / "anomaly").is_dir():
        print(f"{folder} has no folder 'anomaly': alarms are not measured here")
        return
    with tempfile.TemporaryDirectory() as name:
        scratch = pathlib.Path(name)
        live(folder / "anomaly", scratch)
        nightly(folder / "anomaly", scratch)
        print("## Generic score\n\n| detector | series | standard | low FP | low FN |\n|---|---|---|---|---|")
        scored(five_series(folder / "anomalies"), scratch)
        if len(sys.argv) > 2:
            scored(all_series(pathlib.Path(sys.argv[2])), scratch)


if __name__ == "__main__":
    main()
