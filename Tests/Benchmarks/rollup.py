"""What the roll-up of a day costs beside a COPY of the same rows, and how fast the pure pass over readings is.

Usage: Tests/Benchmarks/rollup.py [ROUNDS]      (make bench)

2,000 meters, a reading a minute, as they arrive: all of an hour together. The day before is rolled up; then, in interleaved
rounds, the day's rows are copied out by psql and the day is rolled up by the program. Medians and ratios, in Markdown.
"""
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = ROOT / ".build/release/wattbuddy"
METERS = 2000
# The days of Kolkata begin at 18:30 UTC.
SQL = f"""
INSERT INTO household (slug, name, zone, locale)
    SELECT 'h' || n, 'h' || n, 'Asia/Kolkata', 'en-IN' FROM generate_series(1, {METERS}) AS n;
INSERT INTO meter (meter_id, household_id, name, role, first_at, last_at, changed_from, changes)
    SELECT household_id, household_id, 'main', 'main', '2026-01-09 18:30+00', '2026-01-11 19:30+00',
           '2026-01-09 18:30+00', 1 FROM household;
CREATE TABLE reading_2026_01 PARTITION OF reading
    FOR VALUES FROM ('2026-01-01 00:00+00') TO ('2026-02-01 00:00+00');
INSERT INTO reading
    SELECT m, ts, row_number() OVER (PARTITION BY m ORDER BY ts) * 5000 + m * 7919 % 5000, 300 + m % 50, 230, 1.3, 1, 1,
           row_number() OVER (PARTITION BY m ORDER BY ts)
    FROM generate_series(1, {METERS}) AS m,
         generate_series(timestamptz '2026-01-09 18:30+00', timestamptz '2026-01-11 19:30+00', '1 minute') AS ts
    ORDER BY date_trunc('hour', ts), m, ts;
"""
OF_THE_DAY = "WHERE read_at >= '2026-01-10 18:30+00' AND read_at < '2026-01-11 18:30+00'"


def run(*arguments, environment, stdout=None):
    start = time.monotonic()
    process = subprocess.Popen([PROGRAM, *arguments], env=environment, stdout=stdout)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"wattbuddy {' '.join(arguments)} failed")
    return time.monotonic() - start, usage.ru_maxrss / 1024


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        environment = dict(os.environ, WATTBUDDY_CLUSTER=str(folder / "cluster"))

        def psql(sql):
            command = ["psql", "-qAt", "-h", str(folder / "cluster/socket"), "-U", "wattbuddy", "wattbuddy"]
            subprocess.run(command, input=sql, text=True, check=True, stdout=subprocess.DEVNULL)

        copies, rolls, memory = [], [], []
        try:
            run("migrate", environment=environment)
            psql(SQL)
            psql("VACUUM ANALYZE")
            run("roll-up", "--as-of", "2026-01-11T00:30:00+05:30", environment=environment)
            psql("CREATE TABLE saved AS SELECT * FROM meter")
            for _ in range(rounds):
                psql("UPDATE meter SET rolled_up_to = saved.rolled_up_to, changed_from = saved.changed_from "
                     "FROM saved WHERE saved.meter_id = meter.meter_id")
                start = time.monotonic()
                psql(f"\\copy (SELECT * FROM reading {OF_THE_DAY}) TO '/dev/null' (FORMAT binary)")
                copies.append(time.monotonic() - start)
                seconds, megabytes = run("roll-up", "--as-of", "2026-01-12T00:30:00+05:30", environment=environment)
                rolls.append(seconds)
                memory.append(megabytes)
        finally:
            run("cluster", "stop", environment=environment)
    rows = METERS * 1440
    ratio = statistics.median(roll / copy for roll, copy in zip(rolls, copies))
    print(f"{METERS:,} meters, a day of {rows:,} readings, medians of {rounds} rounds on {os.cpu_count()} cores\n")
    print("| work | seconds | memory, MB | |\n|---|---|---|---|")
    print(f"| COPY of the day's rows out of the database | {statistics.median(copies):.2f} | | |")
    print(f"| roll-up of the day, stored | {statistics.median(rolls):.2f} | {statistics.median(memory):.0f} | {ratio:.2f} times the COPY |")
    speeds = {}
    for _ in range(3):
        told = subprocess.run([PROGRAM, "zoo", "--speed", "--size", "5000000"], text=True, check=True, capture_output=True)
        for kind, millions in re.findall(r"(\w+): .*, ([\d.]+) million", told.stdout):
            speeds.setdefault(kind, []).append(float(millions))
    print("\n| pure pass over 5 million readings in memory | million readings a second, one core |\n|---|---|")
    for kind, values in speeds.items():
        print(f"| {kind} | {statistics.median(values):.1f} |")


BILLS = [
    ("in-kl-kseb-lt1a", "2025-06-01", "2025-07-01", "phase=single"),
    ("in-kl-kseb-lt1a", "2025-03-15", "2025-04-15", "phase=single"),
    ("us-ca-pge-e1", "2026-06-01", "2026-07-01", "territory=T"),
    ("my-tnb-domestic", "2025-07-01", "2025-07-31", None),
]


def bills(rounds):
    print("\n| bills of a month | a second, one core |\n|---|---|")
    for tariff, first, end, given in BILLS:
        command = [PROGRAM, "tariff", "speed", tariff, "--from", first, "--to", end] + (["--input", given] if given else [])
        told = [subprocess.run(command, text=True, check=True, capture_output=True).stdout for _ in range(rounds)]
        speeds = [int(re.search(r"(\d+) bills a second", line).group(1)) for line in told]
        print(f"| {tariff}, {first} to {end} | {statistics.median(speeds):,.0f} |")


main()
bills(3)
