"""How alarms are scored: live alerts, nightly findings and a generic score. Plain Python, nothing to install."""
import bisect
import collections
import csv
import gzip
import math
import random
import statistics
from datetime import datetime, timedelta

LEARNING_DAYS = 7
FALSE_A_DAY = 0.1
NOT_COUNTED = {"gap", "register", "voltage", "offline"}
NIGHT_LEARNING_DAYS = 56
ROWS_A_MONTH = 3
ALIKE = [{"left_on", "high_day", "unusual_day"}, {"dead", "stuck"}]


def rows(path):
    opened = gzip.open(path, "rt") if str(path).endswith(".gz") else open(path)
    with opened as file:
        yield from csv.DictReader(file)


def instant(text):
    return datetime.fromisoformat(text)


def interval_of(count, total):
    """The middle nine tenths of a ratio when devices are drawn again: count and total by device."""
    random.seed(1)
    devices = sorted(total)
    drawn = []
    for _ in range(2000):
        chosen = random.choices(devices, k=len(devices))
        whole = sum(total[d] for d in chosen)
        drawn.append(sum(count.get(d, 0) for d in chosen) / whole if whole else 0)
    drawn.sort()
    return drawn[100], drawn[1899]


class LiveTruth:
    def __init__(self, folder):
        self.first, self.last, self.step = {}, {}, {}
        for row in rows(folder / "live_devices.csv"):
            device = row["device"]
            self.step[device] = float(row["period_s"])
            self.first[device] = instant(row["first"])
            self.last[device] = self.first[device] + timedelta(days=int(row["days"]))
        self.events = []
        for row in rows(folder / "live_truth.csv.gz"):
            for key in ("start", "end", "onset"):
                row[key] = instant(row[key])
            row["until"] = row["end"] + timedelta(seconds=max(2 * self.step[row["device"]], 30))
            self.events.append(row)
        self.days = {}
        for device in self.first:
            whole = (self.last[device] - self.first[device]).total_seconds() / 86400 - LEARNING_DAYS
            ignored = sum((e["end"] - e["start"]).total_seconds() for e in self.events
                          if e["device"] == device and e["expect"] == "ignore") / 86400
            self.days[device] = whole - ignored

    def score(self, alarms):
        """alarms: dicts with device, kind, start, socket, probability, score."""
        by_device = collections.defaultdict(list)
        for event in self.events:
            by_device[event["device"]].append(event)
        hits, false, learning = {}, [], 0
        quiet = collections.defaultdict(set)
        for alarm in sorted(alarms, key=lambda a: (a["device"], a["start"])):
            if alarm["kind"] in NOT_COUNTED:
                continue
            device, at = alarm["device"], alarm["start"]
            if at < self.first[device] + timedelta(days=LEARNING_DAYS):
                learning += 1
                continue
            inside = [e for e in by_device[device] if e["start"] <= at <= e["until"]]
            meant = [e for e in inside if e["expect"] == "alarm"]
            if meant:
                for event in meant:
                    hits.setdefault(id(event), []).append(alarm)
            elif not any(e["expect"] == "ignore" for e in inside):
                false.append(alarm)
                for event in inside:
                    quiet[event["kind"]].add(id(event))
        return LiveScore(self, hits, false, quiet, learning)


class LiveScore:
    def __init__(self, truth, hits, false, quiet, learning):
        self.truth, self.hits, self.false, self.quiet, self.learning = truth, hits, false, quiet, learning
        self.events = [e for e in truth.events if e["expect"] == "alarm"]
        self.days = sum(truth.days.values())
        allowed = int(FALSE_A_DAY * self.days)
        scores = sorted((a["score"] for a in false), reverse=True)
        limit = scores[allowed] if len(scores) > allowed else -math.inf
        self.found = [e for e in self.events if id(e) in hits]
        self.kept = [e for e in self.found if any(a["score"] > limit for a in hits[id(e)])]

    @property
    def recall(self):
        return len(self.found) / len(self.events)

    @property
    def recall_at(self):
        return len(self.kept) / len(self.events)

    def recall_interval(self):
        count = collections.Counter(e["device"] for e in self.kept)
        return interval_of(count, collections.Counter(e["device"] for e in self.events))

    @property
    def precision(self):
        return len(self.found) / max(1, len(self.found) + len(self.false))

    def delay(self, kinds=None):
        delays = [(self.hits[id(e)][0]["start"] - e["onset"]).total_seconds() for e in self.found
                  if kinds is None or e["kind"] in kinds]
        return statistics.median(delays) if delays else math.nan

    def readings_late(self, kinds):
        late = [(self.hits[id(e)][0]["start"] - e["onset"]).total_seconds() / self.truth.step[e["device"]]
                for e in self.found if e["kind"] in kinds]
        return statistics.median(late) if late else math.nan

    def socket(self):
        right, brier = 0, 0.0
        for event in self.found:
            alarm = self.hits[id(event)][0]
            named, p = alarm["socket"], alarm["probability"]
            right += named == event["socket"]
            for answer in ("1", "2", "both", "none"):
                said = p if answer == named else (1 - p) / 3
                brier += (said - (answer == event["socket"])) ** 2 / 2
        count = max(1, len(self.found))
        return right / count, brier / count

    def by_tier(self):
        table = collections.OrderedDict()
        for event in sorted(self.events, key=lambda e: (e["kind"], e["tier"])):
            cell = table.setdefault((event["kind"], event["tier"]), [0, 0, 0])
            cell[0] += event in self.kept
            cell[1] += event in self.found
            cell[2] += 1
        return table

    def quiet_shares(self):
        count = collections.Counter(e["kind"] for e in self.truth.events if e["expect"] == "quiet")
        return {kind: (len(self.quiet.get(kind, ())), whole) for kind, whole in sorted(count.items())}


def read_events(path):
    found = []
    for row in rows(path):
        start = instant(row["start"])
        found.append({
            "device": row["device"], "kind": row["kind"], "start": start,
            "end": instant(row["end"]) if row["end"] else start + timedelta(minutes=30), "socket": row["socket"],
            "probability": float(row["probability"] or 1), "score": float(row["score"])})
    return found


def alike(one, other):
    return one == other or any(one in kinds and other in kinds for kinds in ALIKE)


class NightScore:
    def __init__(self, truth_path, findings, first=None, kept_rows=ROWS_A_MONTH):
        truth = [dict(r, start=instant(r["start"]), end=instant(r["end"])) for r in rows(truth_path)]
        self.faults = [t for t in truth if t["expect"] == "alarm"]
        catch_up = [t for t in truth if t["kind"] == "catch_up"]
        ignored = [t for t in truth if t["expect"] == "ignore"]
        months = collections.defaultdict(list)
        for row in findings:
            if first is None or row["start"] >= first[row["device"]] + timedelta(days=NIGHT_LEARNING_DAYS):
                months[row["device"], row["start"].year, row["start"].month].append(row)
        self.written = sum(map(len, months.values())) / max(1, len(months))
        kept = []
        for found in months.values():
            kept += sorted(found, key=lambda r: -r["score"])[:kept_rows]
        self.kept = kept
        self.met = {id(f): [r for r in kept if meets(r, f)] for f in self.faults}
        useful = [r for r in kept if any(meets(r, f) for f in self.faults)]
        judged = [r for r in kept if r in useful or not any(meets(r, i) for i in ignored)]
        self.useful = len(useful) / max(1, len(judged))
        self.high = sum(any(r["kind"] in ("high_day", "unusual_day") and meets(r, c) for r in kept) for c in catch_up)
        self.catch_ups = len(catch_up)

    def recall(self):
        return sum(bool(self.met[id(f)]) for f in self.faults) / len(self.faults)

    def is_right(self, fault):
        return any(alike(r["kind"], fault["kind"]) for r in self.met[id(fault)])

    def right(self):
        return sum(map(self.is_right, self.faults)) / len(self.faults)

    def recall_interval(self):
        count = collections.Counter(f["device"] for f in self.faults if self.met[id(f)])
        return interval_of(count, collections.Counter(f["device"] for f in self.faults))

    def by_kind(self):
        table = collections.OrderedDict()
        for fault in sorted(self.faults, key=lambda f: f["kind"]):
            cell = table.setdefault(fault["kind"], [0, 0, 0])
            cell[0] += self.is_right(fault)
            cell[1] += bool(self.met[id(fault)])
            cell[2] += 1
        return table


def meets(row, fault):
    if row["device"] != fault["device"]:
        return False
    length, whole = row["end"] - row["start"], fault["end"] - fault["start"]
    shared = min(row["end"], fault["end"]) - max(row["start"], fault["start"])
    return shared >= min(length, whole) / 2 and shared > timedelta(0) and length <= 4 * whole + timedelta(days=1)


def label_score(labels_path, findings, tolerance=timedelta(hours=2), budget=3):
    """Labels met by a row at most `tolerance` away, of the best `budget` rows a home and month."""
    labels = [dict(r, start=instant(r["start"]), end=instant(r["end"])) for r in rows(labels_path)]
    months = collections.defaultdict(list)
    for row in findings:
        months[row["device"], row["start"].year, row["start"].month].append(row)
    kept = [r for found in months.values() for r in sorted(found, key=lambda r: -r["score"])[:budget]]
    table = collections.Counter()
    for label in labels:
        home = label.get("device") or label.get("house")
        wide = dict(device=home, start=label["start"] - tolerance, end=label["end"] + tolerance)
        kind = label.get("status") or label.get("kind")
        table[kind, "all"] += 1
        table[kind, "met"] += any(meets(r, wide) for r in kept)
    return table


PROFILES = {"standard": (0.11, 1.0), "low FP": (0.22, 1.0), "low FN": (0.11, 2.0)}


def sigmoid(x):
    return 2 / (1 + math.exp(5 * x)) - 1


class NabSeries:
    """One series of the benchmark: what a detection at each score level adds (Lavin and Ahmad, 2015)."""

    def __init__(self, scores, windows):
        """windows: pairs of first and last row."""
        self.windows = windows
        probation = min(int(0.15 * len(scores)), 750)
        best = {}
        self.outside = []
        rights = [w[1] for w in windows]
        for row, score in enumerate(scores):
            if row < probation:
                continue
            inside = next((n for n, w in enumerate(windows) if w[0] <= row <= w[1]), None)
            if inside is not None:
                left, right = windows[inside]
                gain = sigmoid(-(right - row + 1) / (right - left + 1)) / sigmoid(-1)
                best.setdefault(inside, []).append((score, gain))
                continue
            before = bisect.bisect_left(rights, row) - 1
            loss = -1.0
            if before >= 0:
                left, right = windows[before]
                away = (row - right) / max(1, right - left)
                loss = -1.0 if away > 3 else sigmoid(away)
            self.outside.append((score, loss))
        self.inside = [best.get(n, []) for n in range(len(windows))]


def nab_score(series, profile="standard"):
    """The score at the best single threshold, 0 for silence and 100 for perfection."""
    false_weight, miss_weight = PROFILES[profile]
    steps = []
    for one in series:
        for score, loss in one.outside:
            steps.append((score, loss * false_weight, None, 0))
        for number, points in enumerate(one.inside):
            for score, gain in points:
                steps.append((score, 0, (id(one), number), gain))
    steps.sort(key=lambda s: -s[0])
    count = sum(len(one.windows) for one in series)
    null = -miss_weight * count
    raw, reached, best = null, {}, (null, math.inf)
    place = 0
    while place < len(steps):
        level = steps[place][0]
        while place < len(steps) and steps[place][0] == level:
            _, loss, window, gain = steps[place]
            raw += loss
            if window is not None:
                before = reached.get(window, -miss_weight)
                if gain > before:
                    raw += gain - before
                    reached[window] = gain
            place += 1
        best = max(best, (raw, -level))
    return 100 * (best[0] - null) / (count - null), -best[1]
