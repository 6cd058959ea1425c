# Runs attacks inside the evaluator, each in a process of its own, and says how each ended: REACHED, STOPPED and by which error, or
# BROKEN for a mistake of its own.
import errno, os, sys, time

# Attacks that run at the same time: some only wait, but the more there are, the more time an emulated processor loses between them.
AT_ONCE = 6


class Lazy:
    """A module that is imported when it is used: each takes an emulated processor a good part of the time limit."""

    def __init__(self, name):
        self.name = name

    def __getattr__(self, attribute):
        return getattr(__import__(self.name), attribute)


class Library:
    """The C library, with the errors of its functions."""

    def __getattr__(self, function):
        self.__dict__.setdefault("library", ctypes.CDLL(None, use_errno=True))
        return getattr(self.library, function)


ctypes, socket, struct, subprocess, threading = map(Lazy, ["ctypes", "socket", "struct", "subprocess", "threading"])
libc = Library()
targets = arguments["targets"]


def say(*words):
    # One write, so that lines of several processes stay whole.
    os.write(1, (" ".join(map(str, [attack, *words])) + "\n").encode())


def reached():
    say("REACHED")


def stopped(*why):
    raise InterruptedError(" ".join(map(str, why)))


def check(result):
    """What a function of the C library returned, or its error as an exception."""
    if result == -1:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def syscall(number, *values):
    """A system call by its number on x86-64."""
    libc.syscall.restype = ctypes.c_long
    return check(libc.syscall(ctypes.c_long(number), *[ctypes.c_long(value) if isinstance(value, int) else value for value in values]))


def allowed(number, *values, refused=(errno.EPERM, errno.EACCES, errno.ENOSYS)):
    """A system call with nonsense, which the kernel refuses only after it has let it in."""
    try:
        syscall(number, *values)
    except OSError as error:
        if error.errno in refused:
            raise
    reached()


def tcp(address, port):
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM) as s:
        s.settimeout(2)
        s.connect((address, port))
    reached()


def udp(address, port, data=b"x"):
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.settimeout(2)
        s.sendto(data, (address, port))
        s.recvfrom(512)
    reached()


def child(work):
    """Runs work in a child process, and passes its error on."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            work()
        except OSError as error:
            os.write(write, (error.errno or errno.EPERM).to_bytes(2, "big"))
        finally:
            os._exit(0)
    os.close(write)
    problem = os.read(read, 2)
    os.waitpid(pid, 0)
    if problem:
        raise OSError(int.from_bytes(problem, "big"), "in the child")


def attempt(code):
    say("TRYING")
    try:
        exec(compile(code, attack, "exec"), globals())
    except (OSError, MemoryError, RuntimeError) as error:
        say("STOPPED", errno.errorcode.get(getattr(error, "errno", None) or 0, error if isinstance(error, InterruptedError) else type(error).__name__))
    except BaseException as mistake:
        say("BROKEN", repr(mistake))


# Once for all of them, by what they call.
calls = {"ctypes": ("ctypes", "libc", "syscall(", "allowed("), "socket": ("socket", "tcp(", "udp("), "struct": ("struct",), "subprocess": ("subprocess",), "threading": ("threading",)}
for module, signs in calls.items():
    if any(sign in code for sign in signs for code in arguments["attacks"].values()):
        __import__(module)

for number, (attack, code) in enumerate(arguments["attacks"].items()):
    if number >= AT_ONCE:
        os.wait()
    if os.fork() == 0:
        attempt(code)
        os._exit(0)
try:
    while True:
        os.wait()
except ChildProcessError:
    pass
