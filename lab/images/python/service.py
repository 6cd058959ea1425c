"""Stands for the Python evaluator: takes code by HTTP and runs it in a child process."""

import json
import marshal
import os
import signal
import subprocess
import sys
import threading

# It speaks no TLS, which takes an emulated processor a third of the start to load.
sys.modules["ssl"] = None
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PORT = int(os.environ.get("PORT", "6927"))
METRICS_PORT = int(os.environ.get("METRICS_PORT", "9090"))
TIMEOUT_SECONDS = int(os.environ.get("FUNCTION_EVALUATOR_TIMEOUT_MS", "9000")) / 1000
POOL = threading.BoundedSemaphore(int(os.environ.get("EXECUTOR_PROCESS_POOL_SIZE", "2")))
EXECUTOR = ["python3", os.path.join(os.environ.get("EXECUTOR_ROOT", "/srv/executors"), "python", "executor.py")]
# What a child prints beyond this is dropped, or it would fill the service's memory.
OUTPUT_BYTES = 1024 * 1024
# For the end of the output, once the child has ended: a process that left its group may hold the pipe open.
PATIENCE_SECONDS = 1

# Process numbers of those that run.
children = set()
counts = {"evaluations": 0, "timeouts": 0}


class Output(threading.Thread):
    """Reads a pipe to its end, and keeps the beginning."""

    def __init__(self, pipe):
        super().__init__(daemon=True)
        self.pipe, self.kept = pipe, b""
        self.start()

    def run(self):
        while part := self.pipe.read1(65536):
            self.kept += part[: OUTPUT_BYTES - len(self.kept)]

    def text(self):
        self.join(PATIENCE_SECONDS)
        return self.kept.decode(errors="replace")


def give(child, request):
    try:
        child.stdin.write(marshal.dumps(request))
        child.stdin.close()
    except BrokenPipeError:
        pass


def run(request):
    # In a group of its own, so that its children can be ended with it.
    child = subprocess.Popen(EXECUTOR, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    children.add(child.pid)
    out, err = Output(child.stdout), Output(child.stderr)
    threading.Thread(target=give, args=(child, request), daemon=True).start()
    timed_out = False
    try:
        child.wait(TIMEOUT_SECONDS)
    except subprocess.TimeoutExpired:
        timed_out = True
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    code = child.wait()
    children.discard(child.pid)
    counts["evaluations"] += 1
    counts["timeouts"] += timed_out
    return {
        "stdout": out.text(),
        "stderr": err.text(),
        "exit": code if code >= 0 else None,
        "signal": signal.Signals(-code).name if code < 0 else None,
        "timedOut": timed_out,
    }


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, status, value, kind="application/json"):
        body = (value if isinstance(value, str) else json.dumps(value)).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        if self.path == "/_info":
            self.answer(200, {"name": "function-evaluator", "language": "python"})
        elif self.path == "/metrics":
            self.answer(200, "".join(f"function_evaluator_{name}_total {count}\n" for name, count in counts.items()), "text/plain; version=0.0.4")
        else:
            self.answer(404, {"error": f"no such path: {self.path}"})

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if self.path.rstrip("/") != "/1/v1/evaluate":
            return self.answer(404, {"error": f"no such path: {self.path}"})
        try:
            request = json.loads(body)
            if not isinstance(request["code"], str):
                raise TypeError
        except (ValueError, KeyError, TypeError):
            return self.answer(400, {"error": 'not a JSON object with a text "code"'})
        with POOL:
            self.answer(200, run(request))

    def log_message(self, *_):
        pass


def reap():
    """As a container's first process: waits for what others leave behind, or it would use up the pod's process numbers; ends with the service."""
    service = os.fork()
    if service == 0:
        return
    signal.signal(signal.SIGTERM, lambda *_: os.kill(service, signal.SIGTERM))
    while True:
        pid, status = os.wait()
        if pid == service:
            os._exit(os.waitstatus_to_exitcode(status) % 256)


def stop(*_):
    for pid in list(children):
        try:
            os.killpg(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
    os._exit(0)


if os.getpid() == 1:
    reap()
# The first process of a container is ended by no signal that it doesn't ask for.
signal.signal(signal.SIGTERM, stop)
ThreadingHTTPServer.request_queue_size = 128
threading.Thread(target=ThreadingHTTPServer(("", METRICS_PORT), Handler).serve_forever, daemon=True).start()
ThreadingHTTPServer(("", PORT), Handler).serve_forever()
