"""What is installed on this machine."""

from __future__ import annotations

from importlib import metadata


def version_of(package: str) -> str:
    """Return the version of an installed distribution; empty if it is not installed."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""
