#!/bin/sh
# The main job from end to end, on the example class: audit, release, collect, score.
# Usage: examples/demo.sh DIRECTORY
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
out=${1:-demo}
rm -rf "$out"
mkdir -p "$out"
out=$(cd "$out" && pwd)

say() { printf '\n== %s\n' "$*"; }

say "1. The course: are its checks themselves right?   gradproof audit"
gradproof audit --course "$here"

say "2. What learners get   gradproof release softmax_regression"
gradproof release softmax_regression --course "$here" --to "$out/kits"

# Submissions and results lie beside a course's trees; the demo keeps them out of the repository.
course="$out/course"
mkdir -p "$course"
for tree in assignments solutions autograder_tests; do
    ln -s "$here/$tree" "$course/$tree"
done

for assignment in "$here"/examples/class/*/; do
    name=$(basename "$assignment")
    say "3. What the class handed in   gradproof collect $name"
    mkdir -p "$out/inbox/$name"
    # the example class is sorted by verdict; a teacher's inbox is not
    find "$assignment" -mindepth 2 -maxdepth 2 ! -name '*.toml' \
        -exec cp -R {} "$out/inbox/$name/" \;
    gradproof collect "$name" --from "$out/inbox/$name" --course "$course" || [ $? -eq 1 ]
    say "4. The grades   gradproof score $name"
    gradproof score "$name" --course "$course"
done

say "Done. Reports and grades.csv: $out/course/results/<assignment>/<learner>/report.md"
