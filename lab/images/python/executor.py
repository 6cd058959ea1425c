"""Runs the code that it is given on standard input, as the user who asks for it would have it run."""

import json
import sys

request = json.load(sys.stdin)
exec(compile(request["code"], "<code>", "exec"), {"__name__": "__main__", "arguments": request.get("arguments")})
