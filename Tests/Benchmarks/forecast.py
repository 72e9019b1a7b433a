"""How many household forecasts a second one core makes, and how long the answers to measured homes take.

Usage: Tests/Benchmarks/forecast.py [ROUNDS]      (make bench)

Histories of 60 days, two years and five years, medians of rounds; then, where measured homes lie beside the repository, the
backtest of all of them, from files to file. In Markdown.
"""
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = ROOT / ".build/release/wattbuddy"
DATA = ROOT.parent / "shared/data"
DAYS = (60, 365, 730, 1825)
COUNT = 20_000


def core_seconds(*arguments):
    """What a run takes of a core, its start included; another program beside it does not count."""
    process = subprocess.Popen([PROGRAM, *arguments], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"wattbuddy {' '.join(arguments)} failed")
    return usage.ru_utime + usage.ru_stime


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    print("| days known | forecasts a second, one core (bar: 10,000) |\n|---|---|")
    speeds = {days: [] for days in DAYS}
    for _ in range(rounds):
        for days in DAYS:
            speeds[days].append(COUNT / core_seconds("backtest", "forecast-speed", "--days", str(days), "--count", str(COUNT)))
    for days, seen in speeds.items():
        print(f"| {days:,} | {statistics.median(seen):,.0f} |")
    if not (DATA / "daily.csv.gz").exists():
        print("\nMeasured homes do not lie beside the repository: their backtest was left out.", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as folder:
        answers = pathlib.Path(folder) / "answers.csv"
        seconds = []
        for _ in range(rounds):
            start = time.monotonic()
            subprocess.run([PROGRAM, "backtest", "forecast", "--daily", DATA / "daily.csv.gz", "--households",
                            DATA / "daily_households.csv", "--out", answers], check=True)
            seconds.append(time.monotonic() - start)
        count = len(answers.read_text().splitlines()) - 1
    print(f"\n`wattbuddy backtest forecast`, {count:,} answers, all cores: {statistics.median(seconds):.2f} s (bar: 60).")


main()
