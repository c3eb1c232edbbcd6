"""The cluster that a class is graded on: its address, and Slurm's jobs as one."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from grader.errors import InternalError, NotInstalled, UsageError
from grader.language import _

if TYPE_CHECKING:
    from distributed import Client

#: seconds to wait for a scheduler, and for a first worker
PATIENCE = 60


@contextmanager
def cluster_at(address: str, jobs: int) -> Iterator[Client]:
    """Yield a client of the cluster at *address*.

    Args:
        address: of a scheduler, such as ``tls://host:8786``; or ``slurm``, for workers in jobs of
            Slurm as Dask's own configuration of jobqueue describes them.

        jobs: the number of Slurm's jobs.

    Raises:
        UsageError: the address is none, or learners' work would cross a network unencrypted.

        InternalError: the cluster cannot be reached, or has no worker in time.
    """
    try:
        from distributed import Client
    except ImportError:
        text = _("Grading on a cluster needs Dask. Run: pip install 'gradproof[cluster]'")
        raise NotInstalled(text, "distributed") from None
    with _slurm(jobs) if address == "slurm" else _address(address) as place:
        try:
            if place == address:
                _reach(address)
            client = Client(place, timeout=PATIENCE)
        except (OSError, ValueError, RuntimeError) as error:
            text = _("The cluster at {address} cannot be reached: {reason}. Nothing was graded.")
            reason = (str(error).splitlines() or [_("it does not answer")])[0]
            raise InternalError(text.format(address=address, reason=reason)) from None
        with client:
            yield client


def _reach(address: str) -> None:
    """Connect to a scheduler and leave; Dask's client waits for ever for one that says nothing."""
    import asyncio

    asyncio.run(asyncio.wait_for(_reached(address), PATIENCE))


async def _reached(address: str) -> None:
    from distributed.comm import connect
    from distributed.security import Security

    secure = Security().get_connection_args("client")
    connection = await connect(address, timeout=PATIENCE, **secure)
    await connection.close()


@contextmanager
def _address(address: str) -> Iterator[str]:
    parts = urlsplit(address)
    if parts.scheme not in ("tls", "tcp") or not parts.hostname:
        text = _("{address} is no address of a cluster; write tls://HOST:PORT, or slurm.")
        raise UsageError(text.format(address=address))
    if parts.scheme == "tcp" and not _is_here(parts.hostname):
        text = _(
            "{address} is on another machine, and tcp:// sends learners' work and the checks "
            "unencrypted. Start the scheduler and its workers with TLS, and use tls://."
        )
        raise UsageError(text.format(address=address))
    yield address


def _is_here(host: str) -> bool:
    """Whether *host* is this machine's loopback interface."""
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"


@contextmanager
def _slurm(jobs: int) -> Iterator[Any]:
    try:
        import cryptography  # noqa: F401 — makes the certificates below
        from dask_jobqueue import SLURMCluster
        from distributed.security import Security
    except ImportError:
        text = _("Grading on Slurm needs dask-jobqueue. Run: pip install 'gradproof[cluster]'")
        raise NotInstalled(text, "dask_jobqueue") from None
    try:
        # certificates of this run alone; jobs read them in Dask's shared-temp-directory
        cluster = SLURMCluster(
            security=Security.temporary(),
            protocol="tls://",
            scheduler_options={"dashboard": False},
        )
    except (OSError, ValueError, RuntimeError) as error:
        text = _("Slurm's jobs cannot be described: {reason}. See docs/scaling.md.")
        raise InternalError(text.format(reason=error)) from None
    with cluster:
        cluster.scale(jobs=jobs)
        yield cluster
