"""The worker's side: zygote, isolation, wire protocol and framework adapters.

Theory of operation
-------------------
Grading involves three processes::

    trusted grader            zygote                         worker
    references, checks,       numpy and torch imported,      forked from the zygote, isolated,
    expected values           nothing secret, one thread     runs one learner's code

The grader starts the zygote inside bubblewrap (``walls.py``), or lets it create its own root
(``private_root.py``). Its file system contains the Python installation and this package, and
nothing of the course. For each submission, the grader creates two socket pairs, for requests and
for the worker's status, and passes one end of each to the zygote (``zygote_process.py``). The
zygote forks a supervisor, which enters new namespaces and forks the worker as their first process.
The worker isolates itself (``walls.py``, ``landlock.py``, ``seccomp.py``) before it reads anything.
The very first worker runs no submission: it attempts what the isolation forbids (``self_test.py``),
and the grader examines the result. The supervisor sends the grader a pidfd of the worker. When the
worker has ended, the supervisor kills any processes it left behind and reports how it ended.

The worker (``serve.py``) answers requests that arrive in length-capped frames (``wire.py``). Before
any of the learner's code runs, the code is searched for functions that the exercise forbids
(``forbidden_names.py``); later, each call is watched for them (``forbidden_calls.py``, for which
``watched_*.py`` see what is called). The worker builds a module from the learner's text
(``loader.py``), calls its functions (``module_host.py``) with arrays of the learner's framework
(``adapters/``), and sends arrays back. It never receives an expected value, and nothing it sends is
executed: all it can do is return values.

This package imports no other part of gradproof, so that the zygote needs to see only this package.
"""
