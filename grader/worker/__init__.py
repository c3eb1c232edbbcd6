"""What runs beside the learner's code: zygote, walls, wire, framework adapters.

Theory of operation
-------------------
Three processes take part in a grade::

    trusted grader            zygote                         worker
    references, checks,       numpy and torch imported,      forked from the zygote, walled in,
    expected values           nothing secret, one thread     runs one learner's code

The grader starts the zygote inside bubblewrap (``walls.py``) or has it make a root of its own
(``privateroot.py``), where the file system holds the Python installation, this package and nothing
else of the course. For each submission the grader
makes a socket pair and a status socket and passes one end of each to the zygote (``zygote.py``).
The zygote forks a supervisor, which enters new namespaces and forks the worker as their first
process; the worker puts up walls of its own (``walls.py``, ``landlock.py``, ``seccomp.py``) before
it reads a word. The first worker of all is no submission's: it attempts what the walls forbid
(``selftest.py``), and the grader looks what came of it.
The supervisor sends the grader a process descriptor for the worker and, when the worker is gone,
kills whatever it left behind and reports how it ended, on a channel of its own.

The worker (``serve.py``) answers requests that arrive in length-capped frames (``wire.py``). Before
any of the learner's code runs, it is read for functions that an exercise asks to write oneself
(``reading.py``); later each call is watched for them (``watch.py``). The worker builds a module
from the learner's text (``loader.py``), calls functions in it (``host.py``) with arrays of the
learner's framework (``adapters.py``), and sends arrays back. It never receives an expected value,
and nothing it sends is executed. Whatever it does, all it can do is return values.

This package imports nothing of gradproof but itself, so that it can be shown to the zygote alone.
"""
