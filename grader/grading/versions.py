"""The versions that grades depend on: machines that grade one class must have the same."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from functools import cache
from hashlib import sha256

import grader
from grader.installed import version_of
from grader.scoring.results import own_sources

#: names for people, by distribution: of what every grade depends on
_COMMON = {"numpy": "NumPy", "scipy": "SciPy", "pytest": "pytest", "torch": "PyTorch"}
#: and of the frameworks that only some submissions use
_FRAMEWORKS = {
    "tensorflow": {"tensorflow-cpu": "TensorFlow", "tensorflow": "TensorFlow", "keras": "Keras"},
    "jax": {"jax": "JAX", "jaxlib": "jaxlib"},
    "mxnet": {"mxnet": "MXNet"},
}


@cache
def versions() -> Mapping[str, str]:
    """Return this machine's versions by name; what is not installed is left out."""
    found = dict(common_versions())
    for framework in _FRAMEWORKS:
        found |= framework_versions(framework)
    return found


@cache
def common_versions() -> Mapping[str, str]:
    """Return the versions of what every grade depends on, by name."""
    sources = sha256(b"\0".join(path.read_bytes() for path in own_sources())).hexdigest()
    own = {
        "gradproof": f"{grader.__version__} ({sources[:12]})",
        "Python": platform.python_version(),
    }
    return own | _installed(_COMMON)


def framework_versions(framework: str) -> dict[str, str]:
    """Return the versions of what only results in *framework* depend on, by name."""
    return _installed(_FRAMEWORKS.get(framework, {}))


def _installed(packages: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for package, name in packages.items():
        if version := version_of(package):
            found.setdefault(name, version)
    return found
