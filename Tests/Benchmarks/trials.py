"""Trials of the daemon: killed under load, ten thousand devices, and requests made up from its own description.

Usage: trials.py [kill|memory|schema …]; all of them unless some are named. Each prints what it saw and fails when a promise does
not hold: an acknowledged reading that is not in the table once, memory beyond the bar, an answer of 5xx.
"""

import hashlib
import http.client
import json
import os
import pathlib
import random
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from ingest import ROOT, Daemon, memory, run  # noqa: E402

ROUNDS = int(os.environ.get("ROUNDS", "100"))


def psql(folder, sql):
    return run(["psql", "-h", f"{folder}/cluster/socket", "-U", "wattbuddy", "wattbuddy", "-qAtc", sql])


class Poster(threading.Thread):
    """A device that posts as fast as it is answered, each reading with a time and a number of its own."""

    def __init__(self, trial, token, number):
        super().__init__(daemon=True)
        self.trial, self.token, self.number = trial, token, number
        self.acknowledged = []
        self.sent = 0

    def run(self):
        connection = None
        at = 1_790_000_000_000 + self.number
        while not self.trial.is_over:
            self.sent += 1
            at += 1000
            body = json.dumps({"at": at, "energy": self.sent * 0.002, "power": 7200, "seq": self.sent, "boot_id": self.number})
            try:
                if connection is None:
                    connection = http.client.HTTPConnection("127.0.0.1", self.trial.port, timeout=10)
                connection.request("POST", "/v1/readings", body, {"Authorization": "Bearer " + self.token})
                answer = connection.getresponse()
                text = answer.read()
                if answer.status == 200 and json.loads(text)["stored"] > 0:
                    self.acknowledged.append((at, self.sent))
                elif answer.status != 503:
                    raise SystemExit(f"answered {answer.status}: {text}")
            except (OSError, http.client.HTTPException):
                connection = None
                self.trial.came_back.wait(10)


class KillTrial:
    """Kills the daemon again and again while devices post, now and then with the database stopped, and counts afterwards."""

    def __init__(self, daemon, folder):
        self.daemon, self.folder, self.port = daemon, folder, daemon.port
        self.is_over = False
        self.came_back = threading.Event()
        self.came_back.set()

    def start(self):
        self.daemon.process = subprocess.Popen(
            [ROOT / ".build/release/wattbuddyd", "--port", str(self.port)], env=self.daemon.environment, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True)
        if "listening" not in self.daemon.process.stdout.readline():
            raise SystemExit("the daemon did not come back")
        self.came_back.set()

    def run(self):
        posters = [Poster(self, token, number) for number, token in enumerate(self.daemon.devices(8))]
        for poster in posters:
            poster.start()
        generator = random.Random(1)
        for _ in range(ROUNDS):
            time.sleep(generator.uniform(0.1, 0.8))
            self.came_back.clear()
            self.daemon.process.kill()
            self.daemon.process.wait()
            self.start()
        self.is_over = True
        for poster in posters:
            poster.join()
        self.daemon.process.send_signal(signal.SIGTERM)
        self.daemon.process.wait()
        self.start()
        deadline = time.time() + 60
        while any(name.suffix == ".spool" for name in pathlib.Path(self.folder, "spool").iterdir()) and time.time() < deadline:
            time.sleep(0.2)
        return self.count(posters)

    def count(self, posters):
        stored = {}
        for line in psql(self.folder, "SELECT boot_id, seq, round(extract(epoch FROM read_at) * 1000) FROM reading").splitlines():
            boot, seq, at = line.split("|")
            stored.setdefault((int(boot), int(seq)), []).append(int(at))
        missing = doubled = 0
        acknowledged = sum(len(poster.acknowledged) for poster in posters)
        for poster in posters:
            missing += sum(stored.get((poster.number, seq)) != [at] for at, seq in poster.acknowledged)
        doubled = sum(len(instants) > 1 for instants in stored.values())
        sent = sum(poster.sent for poster in posters)
        print(f"killed {ROUNDS} times: {sent} sent, {acknowledged} acknowledged as stored, {missing} of them missing, {doubled} doubled")
        return missing == 0 and doubled == 0


def kill(daemon, folder):
    return KillTrial(daemon, folder).run()


def many_devices(folder, count):
    """Enters devices of one household with their meters, without the interface: it would take minutes."""
    tokens = ["wbd_" + secrets.token_urlsafe(32) for _ in range(count)]
    digests = pathlib.Path(folder) / "digests"
    digests.write_text("".join(hashlib.sha256(token.encode()).hexdigest() + "\n" for token in tokens))
    digests.chmod(0o644)
    psql(folder, f"""
        CREATE TEMP TABLE many (number bigint GENERATED ALWAYS AS IDENTITY, digest text);
        COPY many (digest) FROM '{digests}';
        INSERT INTO device (household_id, name, token_sha256, created_at)
            SELECT (SELECT min(household_id) FROM household), 'many ' || number, digest, now() FROM many;
        INSERT INTO meter_name (household_id, name) SELECT household_id, name FROM device WHERE name LIKE 'many %';
        INSERT INTO meter (meter_id, household_id, name, role, device_id)
            SELECT meter_id, meter_name.household_id, meter_name.name, 'sub', device_id FROM meter_name JOIN device USING (name);
        """)
    return tokens


SCRIPT = """
local tokens = {}
for line in io.lines("%(tokens)s") do tokens[#tokens + 1] = line end
local count = 0
function request()
  count = count + 1
  local round = math.floor(count / #tokens)
  return wrk.format("POST", "/api/esp32/data", {["Authorization"] = "Bearer " .. tokens[count %% #tokens + 1]},
    string.format('{"voltage":228.2,"current":1.06,"power":%%d,"energy":%%.6f,"relay1":1,"relay2":0,"seq":%%d}',
      240 + count %% 20, 1 + round * 0.0007, round))
end
-- 64 connections make about 2,000 readings a second: one of each device in five seconds
function delay() return 31 end
"""


def memory_trial(daemon, folder):
    tokens = pathlib.Path(folder) / "many"
    tokens.write_text("".join(token + "\n" for token in many_devices(folder, 10_000)))
    daemon.process.send_signal(signal.SIGTERM)
    daemon.process.wait()
    daemon.start()
    script = pathlib.Path(folder) / "many.lua"
    script.write_text(SCRIPT % {"tokens": tokens})
    peak = 0
    load = subprocess.Popen(
        ["wrk", "-t1", "-c64", "-d60s", "-s", script, f"http://127.0.0.1:{daemon.port}"], stdout=subprocess.PIPE, text=True)
    while load.poll() is None:
        peak = max(peak, memory(daemon.process))
        time.sleep(0.5)
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", load.stdout.read()).group(1))
    print(f"10,000 devices at {rate:.0f} readings a second: {peak:.0f} MB at most")
    return peak < 150


def schema(daemon, folder):
    home = ROOT / ".wattbuddy/schemathesis"
    if not (home / "bin/schemathesis").exists():
        run([sys.executable, "-m", "venv", home])
        run([home / "bin/pip", "install", "--quiet", "schemathesis"])
    token = daemon.devices(1)[0]
    good = True
    for who, bearer in (("admin", daemon.admin), ("device", token)):
        made = subprocess.run(
            [home / "bin/schemathesis", "run", f"http://127.0.0.1:{daemon.port}/openapi.json", "--checks", "not_a_server_error",
             "--max-examples", "40", "--seed", "1", "--header", f"Authorization: Bearer {bearer}", "--exclude-path", "/v1/live/stream",
             "--exclude-path", "/v1/logout", "--request-timeout", "10"],
            capture_output=True, text=True, cwd=folder)
        print(f"schemathesis as {who}: exit {made.returncode}")
        print("\n".join(made.stdout.splitlines()[-25:]))
        good = good and made.returncode == 0
    return good


def main():
    trials = {"kill": kill, "memory": memory_trial, "schema": schema}
    good = True
    for name in sys.argv[1:] or trials:
        folder = tempfile.mkdtemp(prefix="wattbuddy-trial-")
        os.chmod(folder, 0o755)
        daemon = Daemon(folder)
        try:
            good = trials[name](daemon, folder) and good
        finally:
            daemon.stop()
            shutil.rmtree(folder)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
