"""Does the same work in three ways, and prints the seconds that each took."""

import json
import os
import subprocess
import time


def system_calls():
    for _ in range(100_000):
        os.getppid()
    for _ in range(10_000):
        os.close(os.open("/etc/passwd", os.O_RDONLY))


def computation():
    total = 0
    for number in range(2_000_000):
        total += number * number


def start_up():
    for _ in range(10):
        subprocess.run(["python3", "-S", "-c", "pass"], check=True)


seconds = {}
for work in (system_calls, computation, start_up):
    started = time.perf_counter()
    work()
    seconds[work.__name__] = time.perf_counter() - started
print(json.dumps(seconds))
