# Runs an attack inside the evaluator and says how it ended: REACHED, STOPPED and by which error, or BROKEN for a mistake of its own.
import ctypes, errno, os, socket, struct, subprocess, sys, threading, time, traceback

targets = arguments["targets"]
libc = ctypes.CDLL(None, use_errno=True)


def reached(*what):
    print("REACHED", *what, flush=True)


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


def tcp(address, port, family=socket.AF_INET):
    with socket.socket(family, socket.SOCK_STREAM) as s:
        s.settimeout(4)
        s.connect((address, port))
    reached()


def udp(address, port, data=b"x", family=socket.AF_INET):
    with socket.socket(family, socket.SOCK_DGRAM) as s:
        s.settimeout(4)
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


print("TRYING", flush=True)
try:
    exec(compile(arguments["attack"], "<attack>", "exec"), globals())
except (OSError, MemoryError, RuntimeError) as error:
    name = errno.errorcode.get(getattr(error, "errno", None) or 0, type(error).__name__)
    print("STOPPED", str(error) if isinstance(error, InterruptedError) and not error.errno else name, flush=True)
except BaseException:
    print("BROKEN", traceback.format_exc().replace("\n", " | "), flush=True)
