"""Lets gradproof's modules find themselves on the system that GRADPROOF_SIMULATED names.

Simulated:

- Modules of the standard library lack what they lack there, in the eyes of gradproof's own modules:
  ``os.fork``, ``socket.AF_UNIX``, ``fcntl``, ``select.poll``, timers and most signals … Libraries
  and the standard library itself see the system that they run on: they are made for each.
- There is no ``/proc`` and no C library to ask for system calls.
- On Windows, a file that somebody has open, and a folder that somebody works in, cannot be removed
  or renamed; names like ``aux.txt`` and ``a:b`` cannot be made; lines of text end with CR and LF;
  ``select`` takes only sockets; a process inherits no files, and is spared Ctrl-C if it is alone in
  its group.

Not simulated: drives and backslashes, names without regard to case, the console itself, and what
libraries do there. Workflows for the real systems lie in ``.github/workflows``.
"""

from __future__ import annotations

import builtins
import importlib
import importlib.abc
import importlib.machinery
import io
import multiprocessing
import os
import re
import select
import shutil
import signal
import stat
import subprocess
import sys
import types
import warnings
from pathlib import PureWindowsPath

PLATFORM = os.environ["GRADPROOF_SIMULATED"]
WINDOWS = PLATFORM == "win32"

#: modules that there are none of, and what others lack
MISSING = (
    {"fcntl", "grp", "pwd", "resource", "termios", "tty", "pty", "posix"} if WINDOWS else set()
)
LACKING = (
    {
        "os": """
        fork forkpty register_at_fork wait wait3 wait4 waitid killpg getpgid getpgrp getsid setsid
        setpgid setpgrp getuid geteuid getgid getegid getgroups setuid seteuid setreuid setresuid
        setgid setegid setregid setresgid setgroups initgroups chown lchown fchown fchmod chroot
        uname sysconf confstr getloadavg posix_spawn posix_spawnp mkfifo mknod statvfs fstatvfs
        openpty ttyname ctermid sync nice getpriority setpriority fchdir pread pwrite preadv pwritev
        sendfile lockf tcgetpgrp tcsetpgrp environb getenvb get_blocking set_blocking pipe2
        O_NOFOLLOW O_DIRECTORY O_CLOEXEC O_NONBLOCK O_SYNC WNOHANG WUNTRACED WIFEXITED WEXITSTATUS
        sched_getaffinity sched_yield posix_fallocate posix_fadvise pidfd_open memfd_create eventfd
        getrandom unshare setns copy_file_range splice getxattr setxattr listxattr removexattr
    """,
        "select": "poll epoll devpoll kqueue PIPE_BUF POLLIN POLLOUT",
        "socket": "AF_UNIX AF_NETLINK AF_PACKET AF_VSOCK SO_PEERCRED send_fds recv_fds CMSG_LEN",
        "time": "clock_gettime clock_gettime_ns clock_getres pthread_getcpuclockid tzset",
        "sys": "getdlopenflags setdlopenflags abiflags",
    }
    if WINDOWS
    else {
        # there is a fork there, but one that Apple's libraries do not survive
        "os": """
        fork forkpty sched_getaffinity sched_setaffinity pidfd_open memfd_create eventfd getrandom
        unshare setns posix_fallocate posix_fadvise copy_file_range splice setresuid setresgid
        getxattr setxattr listxattr removexattr O_TMPFILE O_PATH O_LARGEFILE pipe2 waitid
    """,
        "select": "epoll",
        "socket": "AF_NETLINK AF_PACKET AF_VSOCK SO_PEERCRED",
        "signal": "pidfd_send_signal sigwaitinfo sigtimedwait SIGPWR SIGSTKFLT SIGPOLL",
        "time": "pthread_getcpuclockid",
        "resource": "prlimit RLIMIT_NICE RLIMIT_OFILE RLIMIT_RTPRIO RLIMIT_SIGPENDING",
    }
)
#: all that Windows has of signals
SIGNALS = {"SIGABRT", "SIGFPE", "SIGILL", "SIGINT", "SIGSEGV", "SIGTERM"}
SIGNAL_TOOLS = {
    "signal",
    "getsignal",
    "raise_signal",
    "strsignal",
    "set_wakeup_fd",
    "valid_signals",
}
SIGNAL_TOOLS |= {"default_int_handler", "SIG_DFL", "SIG_IGN", "NSIG", "Signals", "Handlers"}

#: the modules that see all this
OURS = re.compile(r"(grader|cli)(\.|$)")


class View(types.ModuleType):
    """A module as it is on another system."""

    def __init__(self, real, lacking=(), only=None, **other):
        super().__init__(real.__name__, real.__doc__)
        self.__dict__.update(other, _real=real, _lacking=frozenset(lacking), _only=only)
        self.__dict__["_before"] = {}

    def __getattr__(self, name):
        own = self.__dict__
        left = own["_only"] is None or name in own["_only"] or name.startswith("__")
        if name in own["_lacking"] or not left:
            raise AttributeError(
                f"module {self.__name__!r} has no attribute {name!r} on {PLATFORM}"
            )
        return getattr(own["_real"], name)

    def __setattr__(self, name, value):
        real = self.__dict__["_real"]
        self.__dict__["_before"].setdefault(name, getattr(real, name, None))
        setattr(real, name, value)

    def __delattr__(self, name):
        """Take back what a test has set: nothing of these modules is ever deleted."""
        setattr(self.__dict__["_real"], name, self.__dict__["_before"].pop(name))


# -- what behaves differently ----------------------------------------------------------------------

NEW_GROUP = 0x200


class Popen(subprocess.Popen):
    """Refuses what Windows cannot do; a new group there is a group here, too."""

    def __init__(self, *args, creationflags=0, **kwargs):
        if kwargs.get("pass_fds") or kwargs.get("preexec_fn"):
            raise ValueError("pass_fds and preexec_fn are not supported on Windows platforms")
        kwargs.pop("start_new_session", None)
        if creationflags & NEW_GROUP:
            kwargs["process_group"] = 0
        super().__init__(*args, **kwargs)


def context_of(method=None):
    """Return multiprocessing's context of a start method; only one is known."""
    if method in ("fork", "forkserver") and WINDOWS:
        raise ValueError(f"cannot find context for {method!r}")
    return multiprocessing.get_context("spawn" if method is None else method)


def wait_for_sockets(readable, writable, broken, timeout=None):
    """Do as ``select.select``, with sockets alone."""
    if not (readable or writable or broken):
        raise OSError(10022, "an invalid argument was supplied")
    for one in (*readable, *writable, *broken):
        number = one if isinstance(one, int) else one.fileno()
        if not stat.S_ISSOCK(os.fstat(number).st_mode):
            raise OSError(10038, "an operation was attempted on something that is not a socket")
    return select.select(readable, writable, broken, timeout)


def handle(number, handler):
    """Do as ``signal.signal``, with the signals of Windows alone."""
    if signal.Signals(number).name not in SIGNALS:
        raise ValueError("signal number is not valid on Windows")
    return signal.signal(number, handler)


def kill(pid, number):
    """Do as ``os.kill`` of Windows, where all that a signal can do is to end a process."""
    os.kill(pid, signal.SIGKILL)


def c_library(name=None, *args, **kwargs):
    """Refuse to look for functions in this process itself; macOS has no such functions."""
    import ctypes

    if WINDOWS and name is None:
        raise TypeError("argument of type 'NoneType' is not iterable")
    if name is None:
        return types.SimpleNamespace()
    return ctypes.CDLL(name, *args, **kwargs)


def imported(name, package=None):
    """Do as ``importlib.import_module``."""
    if name in MISSING:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    return ALONE.get(name) or VIEWS.get(name) or importlib.import_module(name, package)


def pressed():
    """Whether a key waits, for which msvcrt asks the console."""
    return bool(select.select([sys.stdin], [], [], 0)[0])


def view(module, **other):
    """Return a module without what it lacks."""
    return View(importlib.import_module(module), LACKING.get(module, "").split(), **other)


VIEWS = {
    name: view(name, **other)
    for name, other in {
        "os": {"name": "nt", "kill": kill} if WINDOWS else {},
        "sys": {"platform": PLATFORM},
        "select": {"select": wait_for_sockets} if WINDOWS else {},
        "socket": {},
        "time": {},
        "signal": {"signal": handle, "only": SIGNALS | SIGNAL_TOOLS} if WINDOWS else {},
        "subprocess": {"Popen": Popen, "CREATE_NEW_PROCESS_GROUP": NEW_GROUP} if WINDOWS else {},
        "multiprocessing": {"get_context": context_of},
        "importlib": {"import_module": imported},
        "ctypes": {"CDLL": c_library},
        **({} if WINDOWS else {"resource": {}}),
    }.items()
}

#: modules that exist there alone
ALONE = {}
if WINDOWS:
    ALONE["msvcrt"] = types.ModuleType("msvcrt")
    ALONE["msvcrt"].kbhit = pressed
    ALONE["msvcrt"].getwch = lambda: os.read(0, 1).decode("ascii", "ignore")


def seen_import(name, its_globals=None, its_locals=None, fromlist=(), level=0):
    """Import for one of gradproof's modules."""
    if level == 0 and name in MISSING:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    if level == 0 and name in ALONE:
        return sys.modules.get(name, ALONE[name])  # a test may have put another in its place
    found = builtins.__import__(name, its_globals, its_locals, fromlist, level)
    return VIEWS.get(found.__name__, found) if level == 0 else found


class Loader(importlib.machinery.SourceFileLoader):
    """Loads one of gradproof's modules."""

    def exec_module(self, module):
        """Run it with an import of its own."""
        own = {**vars(builtins), "__import__": seen_import}
        module.__dict__["__builtins__"] = own
        super().exec_module(module)


class Finder(importlib.abc.MetaPathFinder):
    """Finds gradproof's modules."""

    def find_spec(self, name, path=None, target=None):
        """Return where a module is."""
        if not OURS.match(name):
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is not None and type(spec.loader) is importlib.machinery.SourceFileLoader:
            spec.loader = Loader(spec.loader.name, spec.loader.path)
        return spec


# -- files -----------------------------------------------------------------------------------------

real_open, real_listdir, real_readlink = io.open, os.listdir, os.readlink
REFUSED = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]$')


def text_of(path):
    """Return *path* as text; empty if it is the number of an open file."""
    return "" if isinstance(path, int) else os.fsdecode(path)


def hide(path):
    """Refuse to know of a file that only Linux has, if gradproof asks for it."""
    if text_of(path).startswith("/proc/"):
        frame = sys._getframe(2)
        while frame is not None and frame.f_globals.get("__name__") in ("pathlib", "os", "glob"):
            frame = frame.f_back
        if frame is not None and OURS.match(frame.f_globals.get("__name__") or ""):
            raise FileNotFoundError(2, f"no such file on {PLATFORM}", text_of(path))


def nameable(path):
    """Refuse a name that no file of Windows can have."""
    last = text_of(path).rstrip("/").rpartition("/")[2]
    if (
        WINDOWS
        and last not in ("", ".", "..", "null")
        and (REFUSED.search(last) or PureWindowsPath(last).is_reserved())
    ):
        raise OSError(22, "the filename, directory name, or volume label syntax is incorrect", last)


def below(number):
    """Yield a process and all that it started."""
    yield number
    try:
        for thread in real_listdir(f"/proc/{number}/task"):
            with real_open(f"/proc/{number}/task/{thread}/children", encoding="ascii") as children:
                for child in children.read().split():
                    yield from below(child)
    except OSError:
        return


def in_use(path):
    """Refuse to take away a file that is open here, or a folder that somebody works in."""
    folder, name = os.path.split(text_of(path))
    whole = f"{os.path.realpath(folder or '.')}/{name}"
    for number in below(os.getpid()):
        try:
            used = [real_readlink(f"/proc/{number}/cwd")]
            used += [
                real_readlink(f"/proc/{number}/fd/{file}")
                for file in real_listdir(f"/proc/{number}/fd")
            ]
        except OSError:
            continue
        if whole in used:
            text = f"the process cannot access the file because process {number} is using it"
            raise PermissionError(13, text, text_of(path))


def opened(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, *rest, **more):
    """Do as ``open``."""
    hide(file)
    if not isinstance(file, int) and set(mode) & set("wxa"):
        nameable(file)
        if WINDOWS and "b" not in mode and newline is None:
            newline = "\r\n"
    return real_open(file, mode, buffering, encoding, errors, newline, *rest, **more)


def guarded(name, *checks):
    """Put checks of its path before a function of ``os``; a second path is a new name."""
    real = getattr(os, name)

    def function(path, *args, **kwargs):
        for check in checks:
            check(path)
        if name in ("rename", "replace"):
            nameable(args[0])
            if WINDOWS and os.path.lexists(args[0]):
                if name == "rename":
                    raise FileExistsError(17, "it exists", text_of(path), None, text_of(args[0]))
                in_use(args[0])
        return real(path, *args, **kwargs)

    setattr(os, name, function)


def refuse_link(*_args, **_kwargs):
    """Refuse to make a link, for which Windows asks a right that few have."""
    raise OSError(1314, "a required privilege is not held by the client")


io.open = builtins.open = opened
for name in ("stat", "listdir", "scandir", "readlink"):
    guarded(name, hide)
if WINDOWS:
    # it would go by descriptors of folders
    shutil._use_fd_functions = False
    for name in ("unlink", "remove", "rmdir", "rename", "replace"):
        guarded(name, in_use)
    guarded("mkdir", nameable)
    os.symlink = refuse_link

warnings.filterwarnings("error", category=EncodingWarning, module=OURS.pattern)
sys.meta_path.insert(0, Finder())
