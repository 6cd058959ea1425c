"""Stands on the node itself, where kubelet's probes come from: passes requests on to pods, since nobody gets into those of the sandbox otherwise."""

import socket
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PORT = 7070
# Seconds until a pod that has gone without a word is given up: gVisor's own network, when memory runs out, goes with the sandbox.
KEEP_ALIVE = {socket.TCP_KEEPIDLE: 10, socket.TCP_KEEPINTVL: 5, socket.TCP_KEEPCNT: 4}


class Relay(BaseHTTPRequestHandler):
    def do_POST(self):
        """To /HOST/PORT/PATH."""
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        _, host, port, path = self.path.split("/", 3)
        connection = HTTPConnection(host, int(port))
        try:
            connection.connect()
            connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            for option, value in KEEP_ALIVE.items():
                connection.sock.setsockopt(socket.IPPROTO_TCP, option, value)
            connection.request("POST", f"/{path}", body)
            response = connection.getresponse()
            status, answer = response.status, response.read()
        except OSError as error:
            status, answer = 502, str(error).encode()
        finally:
            connection.close()
        self.send_response(status)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


ThreadingHTTPServer(("127.0.0.1", PORT), Relay).serve_forever()
