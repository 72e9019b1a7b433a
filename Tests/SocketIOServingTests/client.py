"""Talks to a server by python-socketio and prints, as JSON, what it saw. Usage: client.py URL TRANSPORT[,TRANSPORT]"""

import json
import sys
import threading
import urllib.request

import socketio

url, transports = sys.argv[1], sys.argv[2].split(",")
seen = {"updates": []}


def refusal(**wish):
    client = socketio.Client(reconnection=False)
    told = threading.Event()
    reason = []

    def refused(data):
        reason.append(data)
        told.set()

    for namespace in wish.get("namespaces", ["/"]):
        client.on("connect_error", refused, namespace=namespace)
    client.connect(url, transports=transports, wait=False, **wish)
    told.wait(60)
    client.disconnect()
    return reason


client = socketio.Client(reconnection=False)
arrived = threading.Semaphore(0)


@client.on("live_data_update")
def update(data):
    seen["updates"].append(data)
    arrived.release()


client.connect(url, auth={"token": "good"}, transports=transports, wait_timeout=60)
arrived.acquire(timeout=60)
seen["answer"] = client.call("relay", {"relay": 1, "on": False}, timeout=60)
urllib.request.urlopen(url + "/emit").read()
arrived.acquire(timeout=60)
seen["transport"] = client.transport()
client.disconnect()
seen["refused"] = refusal(auth={"token": "bad"})
seen["unknown"] = refusal(auth={"token": "good"}, namespaces=["/random"])
print(json.dumps(seen, sort_keys=True))
