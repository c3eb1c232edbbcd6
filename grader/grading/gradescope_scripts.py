"""The two programs of a Gradescope autograder; ``@name@`` stands for what differs."""

from __future__ import annotations

from collections.abc import Mapping

SETUP = """\
#!/usr/bin/env bash
# Run once, as root, when Gradescope builds the image: Python 3.11 or later, gradproof, frameworks.
set -euo pipefail
umask 022
export DEBIAN_FRONTEND=noninteractive
source=@home@/source

usable() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
python_here() {
    for name in python@python@ python3.13 python3.12 python3.11 python3; do
        if command -v "$name" >/dev/null && usable "$name"; then
            command -v "$name"
            return
        fi
    done
    return 1
}
complete() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }

python=$(python_here) || python=""
if [ -z "$python" ] || ! complete "$python"; then
    apt-get update
    # Ubuntu 24.04 has 3.12; 22.04 has 3.11 beside its 3.10
    apt-get install -y --no-install-recommends python3.12 python3.12-venv ||
        apt-get install -y --no-install-recommends python3.11 python3.11-venv ||
        apt-get install -y --no-install-recommends python3 python3-venv
    python=$(python_here) || {
        echo "gradproof needs Python 3.11: choose a base image with Ubuntu 22.04 or later" >&2
        exit 1
    }
fi
# the strongest isolation, where the container allows it
command -v bwrap >/dev/null || apt-get install -y --no-install-recommends bubblewrap ||
    echo "without bubblewrap" >&2

"$python" -m venv @environment@
pip="@environment@/bin/python -m pip install --no-cache-dir --disable-pip-version-check"
$pip --constraint "$source/constraints.txt" "$source/@wheel@" @packages@
if [ -n "@mxnet@" ]; then
    apt-get install -y --no-install-recommends libquadmath0 libgomp1
    $pip requests graphviz==0.8.4 'setuptools<80'
    $pip --no-deps mxnet==1.9.1
fi
# nobody but root reads the checks
chmod -R go= "$source"
@environment@/bin/gradproof --version
"""

RUN = """\
#!/usr/bin/env bash
# Run as root for each submission. Whatever fails here on our side leaves results without a score.
umask 077
home=@home@
chmod -R go= "$home/source" "$home/submission_metadata.json" 2>/dev/null
mkdir -p "$home/results" && chmod go= "$home/results" && rm -f "$home/results/results.json"
cd "$home" || exit 1
@environment@/bin/gradproof --lang @language@ autograder @assignment@ --run "$home" \\
    --course "$home/source/course" --hidden @hidden@
code=$?
if [ ! -s "$home/results/results.json" ]; then
    text="Nobody was graded: gradproof did not run (exit code $code). No points are lost."
    {
        printf '{"output": "%s", "stdout_visibility": "hidden", "tests": [' "$text"
        printf '{"name": "Not graded", "status": "failed", "output": "%s", ' "$text"
        printf '"visibility": "visible"}]}\n'
    } >"$home/results/results.json"
fi
exit 0
"""


def filled(text: str, values: Mapping[str, str]) -> bytes:
    """Return a program with these *values*."""
    for key, value in values.items():
        text = text.replace(f"@{key}@", value)
    return text.encode()
