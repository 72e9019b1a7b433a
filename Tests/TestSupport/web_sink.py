"""A web server that keeps what is posted to it.

Usage: web_sink.py FOLDER STATUS[,STATUS]

Says "ready PORT" when it listens on loopback; writes each body to FOLDER/NUMBER.body, after a line with its Content-Type and
Authorization, and answers the statuses one after the other; the last one stays.
"""
import http.server
import pathlib
import sys

folder, statuses = pathlib.Path(sys.argv[1]), [int(status) for status in sys.argv[2].split(",")]


class Keeper(http.server.BaseHTTPRequestHandler):
    count = 0

    def do_POST(self):
        Keeper.count += 1
        body = self.rfile.read(int(self.headers["Content-Length"]))
        head = f"{self.headers['Content-Type']} {self.headers['Authorization']}\n"
        (folder / f"{Keeper.count}.body").write_bytes(head.encode() + body)
        self.send_response(statuses[min(Keeper.count, len(statuses)) - 1])
        self.end_headers()

    def log_message(self, *_):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Keeper)
print("ready", server.server_port, flush=True)
server.serve_forever()
