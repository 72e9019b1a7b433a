"""The usual detectors' rules, plainly written, for comparison: live ones over readings, nightly ones over daily totals."""
import bisect
import collections
import math
import random
import statistics
from datetime import datetime, timedelta

from anomaly_scores import rows

QUIET_SECONDS = 900


def live_readings(path):
    """(device, instant, watts, relays) in order."""
    for row in rows(path):
        if row["power"]:
            yield (row["device"], datetime.fromisoformat(row["ts"]), float(row["power"]),
                   (row["relay1"] != "0") + 2 * (row["relay2"] != "0"))


class Mean:
    """More than twice the mean so far, 75 W at first."""
    def __init__(self, least=0.0):
        self.least, self.mean, self.count = least, 75.0, 0

    def limit(self, at):
        return max(2 * self.mean, self.least)

    def learn(self, at, watts):
        self.count += 1
        self.mean += (watts - self.mean) / self.count


class HourMedian:
    """More than twice the median of the same hour of the day so far."""
    def __init__(self, share=0.5, factor=2.0, margin=0.0):
        self.share, self.factor, self.margin = share, factor, margin
        self.hours = collections.defaultdict(list)

    def limit(self, at):
        seen = self.hours[at.hour]
        if len(seen) < 30:
            return math.inf
        return self.factor * seen[min(len(seen) - 1, int(self.share * len(seen)))] + self.margin

    def learn(self, at, watts):
        bisect.insort(self.hours[at.hour], watts)


class Ewma:
    """More than four deviations above an exponentially weighted mean."""
    def __init__(self, span=1440, factor=4.0):
        self.share, self.factor = 2 / (span + 1), factor
        self.mean, self.variance, self.count = 0.0, 0.0, 0

    def limit(self, at):
        return self.mean + self.factor * max(5.0, math.sqrt(self.variance)) if self.count > 100 else math.inf

    def learn(self, at, watts):
        self.count += 1
        share = max(self.share, 1 / self.count)
        difference = watts - self.mean
        self.mean += share * difference
        self.variance = (1 - share) * (self.variance + share * difference * difference)


class Window:
    """A Gaussian over the last 6400 readings, at a tail of 1e-5."""
    def __init__(self, size=6400, factor=4.26):
        self.size, self.factor = size, factor
        self.values, self.sum, self.squares = collections.deque(), 0.0, 0.0

    def limit(self, at):
        count = len(self.values)
        if count < 100:
            return math.inf
        mean = self.sum / count
        return mean + self.factor * math.sqrt(max(1.0, self.squares / count - mean * mean))

    def learn(self, at, watts):
        self.values.append(watts)
        self.sum += watts
        self.squares += watts * watts
        if len(self.values) > self.size:
            old = self.values.popleft()
            self.sum -= old
            self.squares -= old * old


LIVE_RULES = [
    ("> 2 x mean so far (75 W at first)", Mean, 1),
    ("the same, at least 150 W", lambda: Mean(150.0), 1),
    ("the same, three readings", lambda: Mean(150.0), 3),
    ("2 x median of the hour, three readings", HourMedian, 3),
    ("EWMA z > 4, three readings", Ewma, 3),
    ("windowed Gaussian (6400 readings)", Window, 1),
    ("hour's 99.5 % quantile x 1.1 + 50 W", lambda: HourMedian(0.995, 1.1, 50.0), 1),
]


def live_alarms(path, make, held):
    """An alarm goes out when the limit has been passed so many readings in a row, and again after a quarter of an hour below."""
    alarms, device = [], None
    for name, at, watts, relays in live_readings(path):
        if name != device:
            device, rule, above, last = name, make(), 0, datetime.min
        limit = rule.limit(at)
        above = above + 1 if watts > limit else 0
        if above >= held:
            if at - last > timedelta(seconds=QUIET_SECONDS):
                alarms.append({
                    "device": name, "kind": "heavier", "start": at, "socket": {1: "1", 2: "2"}.get(relays, "both"),
                    "probability": 1.0, "score": watts / max(1.0, limit) if limit < math.inf else 0.0})
            last = at
        rule.learn(at, watts)
    return alarms


def daily_totals(path):
    totals = collections.defaultdict(lambda: collections.defaultdict(lambda: [0.0, 0]))
    last = {}
    for row in rows(path):
        if not row["energy_kWh"]:
            continue
        at = datetime.fromisoformat(row["ts"]) - timedelta(seconds=1)
        energy = float(row["energy_kWh"])
        cell = totals[row["device"]][at.date()]
        cell[0] += energy - last.get(row["device"], energy)
        cell[1] += 1
        last[row["device"]] = energy
    return totals


def night_row(device, day, score):
    start = datetime.combine(day, datetime.min.time())
    return {"device": device, "kind": "high_day", "start": start, "end": start + timedelta(days=1), "score": score}


def sigma_rule(before, value):
    deviation = statistics.pstdev(before)
    return (value - statistics.fmean(before)) / deviation / 2.5 if deviation else 0


def quartile_rule(before, value):
    low, _, high = statistics.quantiles(before, n=4)
    return (value - high) / (1.5 * (high - low)) if high > low else 0


def night_findings(totals, rule, span=42):
    found = []
    for device, days in totals.items():
        ordered = sorted(days)
        for place, day in enumerate(ordered):
            before = [days[d][0] for d in ordered[max(0, place - span):place]]
            if len(before) >= 14 and (score := rule(before, days[day][0])) > 1:
                found.append(night_row(device, day, score))
    return found


def random_days(totals):
    random.seed(2)
    return [night_row(device, day, random.random()) for device, days in totals.items() for day in sorted(days)]


def windowed_gaussian(values, size=6400, step=100):
    """Tail probability under a normal curve over a window, as 1 - p; never a tie at the top."""
    scores, window, waiting = [], [], []
    total, squares, spread = 0.0, 0.0, None
    for value in values:
        if spread:
            z = abs(value - total / len(window)) / spread
            tail = 0.5 * math.erfc(z / math.sqrt(2))
            scores.append(1 - tail if tail > 1e-12 else 1 + z)
        else:
            scores.append(0.0)
        waiting.append(value)
        if len(window) >= size and len(waiting) < step:
            continue
        window = (window + waiting)[-size:]
        waiting = []
        total, squares = sum(window), sum(x * x for x in window)
        spread = math.sqrt(max(0.0, squares / len(window) - (total / len(window)) ** 2))
    return scores
