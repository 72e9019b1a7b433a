"""The daemon as its pages see it: one household with one device, and a test that says what happens.

Usage: daemon_stand_in.py FOLDER

Says "ready PORT" when it listens on loopback. Serves FOLDER under a strict Content-Security-Policy, and the part of the HTTP
interface that the pages use. A test speaks to it by POST:
/control/send {event, data}   sends to all that listen to the stream; a `live` goes on from the last one
/control/set {name: value}    away: no answer at all; closed: nobody is logged in; refuse: {path: [status, error, seconds]}
and reads /control/posts: what the pages posted, as [[path, body], …].
"""
import http.server
import json
import pathlib
import queue
import sys
import threading
import time

folder = pathlib.Path(sys.argv[1])
password = "right"
types = {".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
lock = threading.Lock()
listeners, posts = [], []
controls = {"away": False, "closed": False, "refuse": {}, "locale": "en-IN"}
live = {
    "device": 7, "name": "Ground floor <b>", "household": "nair", "age_ms": 0, "voltage": 231.4, "current": 3.51, "power": 812.0,
    "energy_kwh": 1234.5, "relay1": True, "relay2": True, "wanted1": True, "wanted2": True,
    "sockets": ["Geyser & kettle", "Fridge"], "never_cut": [2], "cut_off": [], "today_kwh": 3.4167, "today_cost": "₹21.53",
    "silent": False, "at_least": False, "cadence_s": 60,
}
alerts, orders = {}, {}


def now():
    return int(time.time() * 1000)


def current():
    return {name: value for name, value in {"at": now(), **live}.items() if value is not None}


def hour():
    """A geyser that heats twice, with ten minutes that nobody saw."""
    minutes = [minute for minute in range(60) if not 30 <= minute < 40]
    power = {minute: 2040.0 if minute in (5, 6, 7, 8, 9, 48, 49, 50) else 180.0 + 37 * (minute % 5) for minute in minutes}
    start = now() - 3_600_000 + 20_000
    return [{"at": start + minute * 60_000, "power": power[minute], "voltage": 231.0, "current": power[minute] / 231,
             "energy_kwh": 1234.0, "relay1": True, "relay2": True} for minute in minutes]


def order(relay, wanted):
    number = len(orders) + 1
    orders[number] = {
        "id": number, "device": 7, "relay": relay, "on": wanted["on"], "author": "Asha", "reason": wanted.get("reason", ""),
        "ordered_at": now(), "expires_at": now() + 600_000, "state": "queued",
        "watts_before": 812.0}
    live[f"wanted{relay}"] = wanted["on"]
    return orders[number]


def apply(event, data):
    if event == "live":
        live.update(data)
        return current()
    kept = {"alert": alerts, "order": orders}[event]
    kept[data["id"]] = {**kept.get(data["id"], {}), **data}
    return kept[data["id"]]


class Daemon(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, status, body, kind="application/json", headers=()):
        bytes = body if isinstance(body, (str, type(b""))) else json.dumps(body)
        bytes = bytes.encode() if isinstance(bytes, str) else bytes
        self.send_response(status)
        for name, value in [("Content-Type", kind), ("Content-Length", str(len(bytes))), *headers]:
            self.send_header(name, value)
        self.send_header("Content-Security-Policy", "default-src 'self'")
        self.end_headers()
        self.wfile.write(bytes)

    def refuse(self, status, error, seconds=None):
        headers = [("Retry-After", str(seconds))] if seconds else []
        self.answer(status, {"success": False, "error": error, "message": error, "code": "refused"}, headers=headers)

    def is_stopped(self, path):
        """Whether the request has been dealt with before anything looked at it."""
        if controls["away"]:
            self.close_connection = True
            self.connection.close()
            return True
        if path in controls["refuse"]:
            self.refuse(*controls["refuse"][path])
            return True
        if controls["closed"] and path.startswith("/v1/") and path != "/v1/login":
            self.refuse(401, "Please log in.")
            return True
        return False

    def do_GET(self):
        path = self.path.split("?")[0]
        if path == "/control/posts":
            return self.answer(200, posts)
        if self.is_stopped(path):
            return None
        if path == "/v1/live/stream":
            return self.stream()
        if path.startswith("/v1/"):
            return self.tell(path)
        file = folder / {"/": "index.html", "/login": "login.html"}.get(path, path.lstrip("/"))
        if not file.is_file():
            return self.answer(404, "not here", "text/plain")
        return self.answer(200, file.read_bytes(), types.get(file.suffix, "application/octet-stream"))

    def tell(self, path):
        listed = [{"id": 7, "name": live["name"], "sockets": live["sockets"], "never_cut": live["never_cut"],
                   "may_probe": [], "can_probe": True, "rating_a": 10, "claimed": True, "last_seen": now() - 3000}]
        known = {
            "/v1/me": {"account": {"id": 1, "name": "Asha", "role": "household"},
                       "household": {"slug": "nair", "name": "Nair home", "locale": controls["locale"], "zone": "Asia/Kolkata"}},
            "/v1/live": {"devices": [current()], "alerts": list(alerts.values()), "now": now()},
            "/v1/devices": {"devices": listed},
            "/v1/devices/7/readings": {"readings": hour()},
            "/v1/devices/7/orders": {"orders": list(orders.values())[::-1]},
        }
        return self.answer(200, known[path]) if path in known else self.refuse(404, "There is no such thing.")

    def stream(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        mine = queue.SimpleQueue()
        with lock:
            listeners.append(mine)
            mine.put(("hello", {"now": now()}))
            mine.put(("live", current()))
        self.close_connection = True
        try:
            self.wfile.write(b"retry: 50\n\n")
            while (message := mine.get()) is not None:
                self.wfile.write(f"id: 1\nevent: {message[0]}\ndata: {json.dumps(message[1])}\n\n".encode())
        except ConnectionError:
            pass  # the page is gone; what is put into its queue is never read

    def do_POST(self):
        path = self.path.split("?")[0]
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])) or "{}")
        if path.startswith("/control/"):
            return self.control(path, body)
        if self.is_stopped(path):
            return None
        posts.append([path, body])
        parts = path.split("/")
        if path == "/v1/login":
            controls["closed"] = body["password"] != password
            return self.refuse(401, "No.") if controls["closed"] else self.answer(200, {"success": True})
        if len(parts) == 6 and parts[4] == "relays":
            return self.answer(200, order(int(parts[5]), body))
        if parts[-1] == "release":
            live["cut_off"] = [relay for relay in live["cut_off"] if relay != int(parts[5])]
            self.tell_all(("live", current()))
        return self.answer(200, {"success": True})

    def tell_all(self, message):
        for listener in listeners:
            listener.put(message)

    def control(self, path, body):
        with lock:
            if path == "/control/set":
                controls.update(body)
            elif path == "/control/send":
                self.tell_all((body["event"], apply(body["event"], body["data"])))
            if controls["away"]:
                self.tell_all(None)
                listeners.clear()
        self.answer(200, {})

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Daemon)
server.daemon_threads = True
print("ready", server.server_port, flush=True)
server.serve_forever()
