"""What an import and a night cost: 49 measured households over 13 months, or 20 simulated ones where those are absent.

Usage: Tests/Benchmarks/night.py [ROUNDS]      (make bench)

Each round, interleaved: a new database; the import through the program; the same rows by a plain COPY into a table of the
same form; the night over all but the last day; the night after; that again. Medians of the rounds, in Markdown.
"""
import csv
import gzip
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = ROOT / ".build/release/wattbuddy"
MEASURED = ROOT.parent / "shared/data/halfhourly/sgsc_halfhourly.csv.gz"
FIRST, END = "2013-02-01", "2014-03-01"
EVE, AS_OF = "2014-02-28T00:00:00+11:00", "2014-03-01T00:00:00+11:00"


def run(*arguments, environment, stdout=None):
    """Seconds and the greatest resident memory in MB of one run of the program."""
    start = time.monotonic()
    process = subprocess.Popen([PROGRAM, *arguments], env=environment, stdout=stdout, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"wattbuddy {' '.join(arguments)} failed")
    return time.monotonic() - start, usage.ru_maxrss / 1024


def readings(folder):
    """A CSV file of the readings, and how they are imported."""
    path = folder / "readings.csv"
    if MEASURED.exists():
        with gzip.open(MEASURED, "rt") as source, open(path, "w") as target:
            rows = csv.reader(source)
            target.write(",".join(next(rows)) + "\n")
            target.writelines(",".join(row) + "\n" for row in rows if FIRST <= row[1] < END)
        return path, "49 measured households, half-hourly, 13 months", "Australia/Sydney"
    with open(path, "w") as target:
        run("simulate", "--from", FIRST, "--to", END, environment=dict(os.environ), stdout=target)
    return path, "5 simulated households, by the minute, 13 months", "Asia/Kolkata"


def psql(folder, sql):
    command = ["psql", "-qAt", "-h", str(folder / "cluster/socket"), "-U", "wattbuddy", "wattbuddy"]
    return subprocess.run(command, input=sql, text=True, check=True, stdout=subprocess.PIPE).stdout


def copy_seconds(folder):
    """Seconds of a plain binary COPY of the stored rows into a table of the same form, without what the import does besides."""
    rows = folder / "rows.bin"
    psql(folder, f"\\copy (SELECT * FROM reading) TO '{rows}' (FORMAT binary)")
    psql(
        folder,
        """CREATE TABLE plain (LIKE reading INCLUDING DEFAULTS, PRIMARY KEY (meter_id, read_at))
           PARTITION BY RANGE (read_at);
           CREATE INDEX ON plain USING brin (read_at) WITH (pages_per_range = 32, autosummarize = on);
           SELECT format('CREATE TABLE plain_%s PARTITION OF plain FOR VALUES FROM (%L) TO (%L)', to_char(m, 'YYYY_MM'),
                         m, m + interval '1 month')
           FROM generate_series(timestamptz '2013-01-01 00:00+00', '2014-04-01 00:00+00', interval '1 month') AS m \\gexec
        """)
    start = time.monotonic()
    psql(folder, f"\\copy plain FROM '{rows}' (FORMAT binary)")
    return time.monotonic() - start


def round_of(path, zone):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        environment = dict(
            os.environ, WATTBUDDY_CLUSTER=str(folder / "cluster"), WATTBUDDY_OUTPUT=str(folder / "Output"),
            WATTBUDDY_TEMPLATES=str(ROOT / "Templates"))
        try:
            run("migrate", environment=environment)
            taken = run("import", str(path), "--zone", zone, environment=environment, stdout=subprocess.DEVNULL)
            plain = copy_seconds(folder)
            nights = [run("nightly", "--as-of", at, environment=environment) for at in (EVE, AS_OF, AS_OF)]
            rows = int(psql(folder, "SELECT count(*) FROM reading"))
        finally:
            run("cluster", "stop", environment=environment)
    return rows, taken, plain, nights


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with tempfile.TemporaryDirectory() as name:
        path, what, zone = readings(pathlib.Path(name))
        results = [round_of(path, zone) for _ in range(rounds)]
    rows = results[0][0]

    def median(pick):
        return statistics.median(pick(result) for result in results)

    taken, plain = median(lambda r: r[1][0]), median(lambda r: r[2])
    ratio = median(lambda r: r[2] / r[1][0])
    print(f"{what}: {rows:,} readings, medians of {rounds} rounds on {os.cpu_count()} cores\n")
    print("| work | seconds | memory, MB | |\n|---|---|---|---|")
    print(f"| import | {taken:.2f} | {median(lambda r: r[1][1]):.0f} | {rows / taken:,.0f} readings/s, {ratio:.0%} of a plain COPY |")
    print(f"| plain COPY, binary, same table | {plain:.2f} | | {rows / plain:,.0f} readings/s |")
    for place, name in enumerate(("first night", "the next night", "the same night again")):
        seconds, memory = median(lambda r: r[3][place][0]), median(lambda r: r[3][place][1])
        print(f"| {name} | {seconds:.2f} | {memory:.0f} | |")


main()
