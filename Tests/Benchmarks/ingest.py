"""How many readings a second the daemon takes, beside what PostgreSQL itself does with single commits.

Needs wrk and a built program. Each case is run three times, interleaved; the medians count. A fixed loop of the processor is
timed between the rounds, so that a busy machine shows. SECONDS_EACH is the length of each run.
"""

import json
import os
import pathlib
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
PRODUCTS = ROOT / ".build" / "release"
SECONDS = int(os.environ.get("SECONDS_EACH", "6"))
DEVICES = 256
ROUNDS = 3

SCRIPT = """
local tokens = {}
for line in io.lines("%(tokens)s") do tokens[#tokens + 1] = line end
local thread = 0
function setup(thread_) thread_:set("number", thread); thread = thread + 1 end
local count = 0
local mine = {}
function init(args)
  for i = 1 + number, #tokens, 2 do mine[#mine + 1] = tokens[i] end
end
local body = '{"voltage":228.2884,"current":1.062092,"power":250.9411,"energy":%%.6f,"relay1":1,"relay2":0,"userId":"8","seq":%%d}'
function request()
  count = count + 1
  local token = mine[count %% #mine + 1]
  local round = math.floor(count / #mine)
  local energy = %(base)s + round * %(step)s
  return wrk.format("POST", "/api/esp32/data",
    {["Authorization"] = "Bearer " .. token, ["Content-Type"] = "application/json", ["Accept-Encoding"] = ""%(close)s},
    string.format(body, energy, count))
end
"""


def run(command, **keywords):
    return subprocess.run(command, check=True, capture_output=True, text=True, **keywords).stdout


def loop():
    start = time.perf_counter()
    total = 0
    for number in range(3_000_000):
        total += number * number % 7
    return time.perf_counter() - start


def call(port, path, body, token=None):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", json.dumps(body).encode(), method="POST")
    request.add_header("Content-Type", "application/json")
    if token:
        request.add_header("Authorization", "Bearer " + token)
    return json.load(urllib.request.urlopen(request))


def memory(process):
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024


class Daemon:
    def __init__(self, folder):
        self.environment = dict(
            os.environ, WATTBUDDY_CLUSTER=f"{folder}/cluster", WATTBUDDY_OUTPUT=f"{folder}/Output",
            WATTBUDDY_DAEMON_SPOOL=f"{folder}/spool", WATTBUDDY_NEW_PASSWORD="a long password")
        self.wattbuddy("migrate")
        self.wattbuddy("household", "add", "home", "--zone", "Asia/Kolkata")
        self.wattbuddy("user", "add", "admin", "--email", "admin@example.org", "--admin")
        self.start()

    def wattbuddy(self, *arguments):
        return run([PRODUCTS / "wattbuddy", *arguments], env=self.environment)

    def start(self):
        self.process = subprocess.Popen(
            [PRODUCTS / "wattbuddyd", "--port", "0"], env=self.environment, stdout=subprocess.PIPE, text=True)
        self.port = int(re.search(r"port (\d+)", self.process.stdout.readline()).group(1))
        self.admin = call(self.port, "/v1/login", {"email": "admin", "password": "a long password"})["token"]

    def devices(self, count):
        return [
            call(self.port, "/v1/devices", {"name": f"meter {number}", "household": "home"}, self.admin)["token"]
            for number in range(count)
        ]

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()
        self.wattbuddy("cluster", "stop")


def wrk(folder, port, tokens, base, step, closes):
    script = pathlib.Path(folder) / "post.lua"
    script.write_text(SCRIPT % {
        "tokens": tokens, "base": base, "step": step, "close": ', ["Connection"] = "close"' if closes else ""})
    text = run(["wrk", "-t2", "-c64", f"-d{SECONDS}s", "--latency", "-s", script, f"http://127.0.0.1:{port}"])
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1))
    number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", text).groups()
    late = float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    errors = re.search(r"Socket errors: (.*)", text)
    if bad or (errors and not closes):
        print(f"  {bad.group(0) if bad else ''} {errors.group(0) if errors else ''}")
    return rate, late


def pgbench(daemon, folder):
    socket = f"{folder}/cluster/socket"
    script = pathlib.Path(folder) / "insert.sql"
    script.write_text(
        "\\set meter random(1, 1000000000)\n"
        "INSERT INTO bench VALUES (:meter, clock_timestamp(), 1, 1, 1, 1, 1, 1, 1, 1) ON CONFLICT DO NOTHING;\n")
    base = ["-h", socket, "-U", "wattbuddy"]
    run(["psql", *base, "wattbuddy", "-qc",
         "CREATE TABLE IF NOT EXISTS bench (m bigint, t timestamptz, r bigint, a real, b real, c real, d smallint, e int, f bigint,"
         " g int, PRIMARY KEY (m, t))"])
    text = run([shutil.which("pgbench") or next(map(str, pathlib.Path("/usr/lib/postgresql").glob("*/bin/pgbench"))), *base, "-n", "-c", "64", "-j", "2", "-T", str(SECONDS),
                "-f", script, "-M", "prepared", "wattbuddy"])
    return float(re.search(r"tps = ([\d.]+)", text).group(1)), float("nan")


def main():
    folder = tempfile.mkdtemp(prefix="wattbuddy-bench-")
    os.chmod(folder, 0o755)
    daemon = Daemon(folder)
    try:
        tokens = pathlib.Path(folder) / "tokens"
        tokens.write_text("".join(token + "\n" for token in daemon.devices(DEVICES)))
        base = 1.0
        cases = {
            "one commit a row, 64 clients (pgbench)": lambda b: pgbench(daemon, folder),
            "stored, keep-alive": lambda b: wrk(folder, daemon.port, tokens, b, 0.0012, False),
            "stored, Connection: close": lambda b: wrk(folder, daemon.port, tokens, b, 0.0012, True),
            "kept in memory, keep-alive": lambda b: wrk(folder, daemon.port, tokens, b, 0, False),
            "kept in memory, Connection: close": lambda b: wrk(folder, daemon.port, tokens, b, 0, True),
        }
        results = {name: [] for name in cases}
        for number in range(ROUNDS):
            print(f"round {number + 1}: fixed loop {loop():.2f} s, load {os.getloadavg()[0]:.1f}", flush=True)
            for name, case in cases.items():
                results[name].append(case(base))
                base += 10
        print(f"\n{'case':42} {'requests/s':>10} {'p99 ms':>8}")
        for name, figures in results.items():
            rate = statistics.median(rate for rate, _ in figures)
            late = statistics.median(late for _, late in figures)
            print(f"{name:42} {rate:10.0f} {late:8.1f}")
        print(f"memory of the daemon after it: {memory(daemon.process):.0f} MB")
    finally:
        daemon.stop()
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
