"""Stands between devices and the daemon and writes down each exchange: what was sent, and what the daemon answered.

Usage: recording_proxy.py PORT FILE

Says "ready PORT" when it listens on loopback, then for each exchange "answered TOKEN STATUS STORED"; a daemon that does not
answer is a 502. An exchange is a line of FILE, as JSON, before the device hears of it. Ends when nothing comes for a minute.
"""
import http.client
import http.server
import json
import signal
import sys
import threading

port, file = int(sys.argv[1]), open(sys.argv[2], "w")
lock = threading.Lock()


class Proxy(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        signal.alarm(60)
        sent = self.rfile.read(int(self.headers["Content-Length"]))
        status, answer = self.pass_on(sent)
        self.record(sent.decode(), status, answer.decode())
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)
        except ConnectionError:
            pass  # the device was killed

    def pass_on(self, sent):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request("POST", self.path, sent, dict(self.headers))
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            return 502, b"{}"  # the daemon was killed
        finally:
            connection.close()

    def record(self, sent, status, answer):
        token = self.headers["Authorization"].removeprefix("Bearer ")
        stored = json.loads(answer).get("stored", 0)
        reading = json.loads(sent)
        exchange = {"token": token, "status": status, "stored": stored, "boot_id": reading["boot_id"],
                    "seq": reading["seq"], "register_mwh": round(reading["energy"] * 1e6)}
        with lock:
            print(json.dumps(exchange), file=file, flush=True)
            print("answered", token, status, stored, flush=True)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
server.daemon_threads = True
print("ready", server.server_port, flush=True)
signal.alarm(60)
server.serve_forever()
