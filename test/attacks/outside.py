"""Plays the internet and the cloud's metadata service inside the node: answers TCP and UDP on addresses that the node sends here."""

import os
import socket
import subprocess
import sys
import threading

ADDRESSES = sys.argv[1:]
PORTS = [53, 80, 7777]


def ip(*args, node=False):
    """Runs the node's ip, which the image hasn't got, for this pod or for the node."""
    enter = ["/usr/bin/nsenter", "--target=1", "--net"] if node else []
    return subprocess.run([*enter, "/usr/bin/ip", *args], preexec_fn=lambda: os.chroot("/proc/1/root"), check=True, capture_output=True, text=True).stdout


def serve(address, kind, port):
    # At one address, so that answers come from where they were asked for.
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, kind) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address, port))
        if kind == socket.SOCK_DGRAM:
            while True:
                data, peer = listener.recvfrom(512)
                listener.sendto(data, peer)
        listener.listen(64)
        while True:
            connection, _ = listener.accept()
            connection.close()


own = os.environ["POD_IPS"].split(",")
# The node's end of this pod's cable.
_, _, cable = ip("route", "get", own[0], node=True).partition(" dev ")
for address in ADDRESSES:
    family = "-6" if ":" in address else "-4"
    ip(family, "address", "replace", address, "dev", "eth0", *(["nodad"] if family == "-6" else []))
    ip(family, "route", "replace", address, "dev", cable.split()[0], node=True)
for address in [*own, *ADDRESSES]:
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        for port in PORTS:
            threading.Thread(target=serve, args=(address, kind, port)).start()
print("ready", flush=True)
