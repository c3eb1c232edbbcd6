"""gradproof itself as a wheel, and the versions that it runs with here."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from importlib import metadata
from pathlib import Path

import grader
from grader.installed import version_of
from grader.scoring.results import own_sources

#: what a framework is installed as, beside gradproof
PACKAGES = {
    "numpy": (),
    "torch": ("torch",),
    "tensorflow": ("keras", "tensorflow-cpu"),
    "jax": ("jax",),
    "mxnet": (),
}
_DATA = ("py.typed", "report/templates/*.html")
_REQUIREMENT = re.compile(
    r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]]*\])?[^;]*(?:;(?P<when>.*))?"
)


def wheel() -> tuple[str, bytes]:
    """Return the name and the bytes of a wheel of the gradproof that runs."""
    package = Path(grader.__file__).parent
    paths = {*own_sources(), *(path for form in _DATA for path in package.glob(form))}
    files = {path.relative_to(package.parent).as_posix(): path.read_bytes() for path in paths}
    files["cli.py"] = (package.parent / "cli.py").read_bytes()
    home = f"gradproof-{grader.__version__}.dist-info"
    files[f"{home}/METADATA"] = _metadata().encode()
    files[f"{home}/WHEEL"] = (
        b"Wheel-Version: 1.0\nGenerator: gradproof\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    )
    files[f"{home}/entry_points.txt"] = b"[console_scripts]\ngradproof = cli:main\n"
    lines = [f"{name},{_digest(data)},{len(data)}\n" for name, data in sorted(files.items())]
    files[f"{home}/RECORD"] = "".join([*lines, f"{home}/RECORD,,\n"]).encode()
    return f"gradproof-{grader.__version__}-py3-none-any.whl", zipped(files)


def pins(frameworks: Iterable[str]) -> dict[str, str]:
    """Return the versions, by package, of all that gradproof and *frameworks* need, as here.

    What is not installed here is not pinned.
    """
    found: dict[str, str] = {}
    wanted = [*_needs("gradproof"), *(name for one in frameworks for name in PACKAGES[one])]
    while wanted:
        name = _plain(wanted.pop())
        version = version_of(name)
        if name not in found and version:
            # a label such as +cpu names a build that PyPI does not have
            found[name] = version.partition("+")[0]
            wanted += _needs(name)
    return dict(sorted(found.items()))


def _needs(name: str) -> Iterator[str]:
    """Yield the names of what a package needs, without what only its extras do."""
    try:
        requirements = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return
    for requirement in requirements:
        found = _REQUIREMENT.match(requirement)
        if found and "extra" not in (found["when"] or ""):
            yield found[1]


def _metadata() -> str:
    """Return the metadata of the installed gradproof, with the version that runs."""
    try:
        known: Mapping[str, str] = metadata.metadata("gradproof")  # type: ignore[assignment]
        needs = metadata.requires("gradproof") or []
    except metadata.PackageNotFoundError:
        known, needs = {}, []
    lines = ["Metadata-Version: 2.1", "Name: gradproof", f"Version: {grader.__version__}"]
    lines += [f"{key}: {known[key]}" for key in ("Summary", "Requires-Python") if key in known]
    lines += [f"Requires-Dist: {one}" for one in needs if "extra ==" not in one]
    return "\n".join(lines) + "\n"


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def zipped(files: Mapping[str, bytes], programs: Iterable[str] = ()) -> bytes:
    """Return *files* as a zip, the same bytes each time; *programs* among them may be run."""
    buffer, programs = io.BytesIO(), frozenset(programs)
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o100755 if name in programs else 0o100644) << 16
            archive.writestr(entry, data)
    return buffer.getvalue()


def _digest(data: bytes) -> str:
    code = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=")
    return f"sha256={code.decode()}"
