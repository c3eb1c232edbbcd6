#!/bin/sh
# Audit the course, release an assignment, then collect and score the example class.
# Usage: examples/demo.sh DIRECTORY
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
out=${1:-demo}
rm -rf "$out"
mkdir -p "$out"
out=$(cd "$out" && pwd)

say() { printf '\n== %s\n' "$*"; }

say "1. Test the checks of one exercise   gradproof audit softmax_regression/softmax"
gradproof audit softmax_regression/softmax --course "$here"

say "2. Create the kit that learners get   gradproof release softmax_regression"
gradproof release softmax_regression --course "$here" --to "$out/kits"

# Submissions and results are written to the course directory; keep them out of the repository.
course="$out/course"
mkdir -p "$course"
for tree in assignments solutions autograder_tests; do
    ln -s "$here/$tree" "$course/$tree"
done

for assignment in "$here"/examples/class/*/; do
    name=$(basename "$assignment")
    say "3. Collect the submissions   gradproof collect $name"
    mkdir -p "$out/inbox/$name"
    # The example class is sorted by verdict; a real inbox is not.
    find "$assignment" -mindepth 2 -maxdepth 2 ! -name '*.toml' \
        -exec cp -R {} "$out/inbox/$name/" \;
    for framework in torch tensorflow jax mxnet; do
        python3 -c "import importlib.util as u, sys; sys.exit(u.find_spec('$framework') is None)" ||
            grep -rl "^# framework: $framework$" "$out/inbox/$name" | while read -r file; do
                say "left out, because $framework is not installed: $(basename "$file")"
                rm "$file"
            done
    done
    gradproof collect "$name" --from "$out/inbox/$name" --course "$course" || [ $? -eq 1 ]
    say "4. Grade them   gradproof score $name"
    gradproof score "$name" --course "$course"
done

say "Done. Reports and grades.csv: $out/course/results/<assignment>/<learner>/report.md"
