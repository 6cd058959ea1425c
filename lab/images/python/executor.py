"""Runs the code that it is given on standard input, as the user who asks for it would have it run."""

# JSON's reader takes an emulated processor as long as all else of an interpreter's start.
import marshal
import sys

request = marshal.load(sys.stdin.buffer)
exec(compile(request["code"], "<code>", "exec"), {"__name__": "__main__", "arguments": request.get("arguments")})
