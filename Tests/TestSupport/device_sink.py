"""A server for devices: it keeps what they send as it was on the wire, and answers what it is told to.

Usage: device_sink.py FOLDER [CERTIFICATE KEY]

Says "ready PORT" when it listens on loopback, then for each connection either "request NUMBER", with all of it in
FOLDER/NUMBER.request, or "refused REASON" when TLS did not come about or nothing came of it. FOLDER/answer holds the answer: a
line with the status, then the body. It ends when it had nothing to say for a minute.
"""
import http
import pathlib
import signal
import socket
import ssl
import sys

folder = pathlib.Path(sys.argv[1])
context = None
if len(sys.argv) > 2:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*sys.argv[2:])


def more(connection):
    bytes = connection.recv(65536)
    if not bytes:
        raise ConnectionError("it ended within a request")
    return bytes


def request_from(connection):
    text = b""
    while b"\r\n\r\n" not in text:
        text += more(connection)
    head, body = text.split(b"\r\n\r\n", 1)
    fields = dict(line.lower().split(b":", 1) for line in head.split(b"\r\n")[1:])
    while len(body) < int(fields[b"content-length"]):
        body += more(connection)
    return head + b"\r\n\r\n" + body


def answer():
    status, body = (folder / "answer").read_bytes().split(b"\n", 1)
    phrase = http.HTTPStatus(int(status)).phrase.encode()
    return b"HTTP/1.1 %s %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (
        status, phrase, len(body), body)


def say(*words):
    print(*words, flush=True)
    signal.alarm(60)


listener = socket.create_server(("127.0.0.1", 0))
say("ready", listener.getsockname()[1])
count = 0
while True:
    connection, _ = listener.accept()
    try:
        if context:
            connection = context.wrap_socket(connection, server_side=True)
        with connection:
            (folder / f"{count + 1}.request").write_bytes(request_from(connection))
            connection.sendall(answer())
    except (ssl.SSLError, ConnectionError) as error:
        if context:
            say("refused", str(error).replace("\n", " "))
        continue  # without TLS it is a device that was killed meanwhile
    count += 1
    say("request", count)
