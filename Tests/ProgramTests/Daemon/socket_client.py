"""Talks to the daemon by python-socketio and prints, as JSON, what it saw.

Usage: socket_client.py URL TOKEN DEVICE TRANSPORT[,TRANSPORT]

It is refused without a token and with a wrong one, joins with TOKEN, switches on relay 1 of DEVICE, and listens until the
device says that the relay is on. Nothing is waited for longer than 20 s.
"""
import json
import sys
import threading

import socketio

url, token, device, transports = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4].split(",")
patience = 60


def refusal(**wish):
    client = socketio.Client(reconnection=False)
    told, reasons = threading.Event(), []

    @client.event
    def connect_error(data):
        reasons.append(data)
        told.set()

    client.connect(url, transports=transports, wait=False, **wish)
    told.wait(patience)
    client.disconnect()
    return reasons


seen = {"updates": [], "refused": refusal(), "wrong": refusal(auth={"token": "wbs_" + "0" * 43})}
client = socketio.Client(reconnection=False)
isOn = threading.Event()


@client.on("live_data_update")
def update(data):
    seen["updates"].append(data)
    if data["relay1"] == 1:
        isOn.set()


client.connect(url, auth={"token": token}, transports=transports, wait_timeout=patience)
seen["answer"] = client.call("relay", {"device": device, "relay": 1, "on": True}, timeout=patience)
seen["is_on"] = isOn.wait(patience)
seen["transport"] = client.transport()
client.disconnect()
print(json.dumps(seen))
