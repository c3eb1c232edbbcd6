"""How often strangers are shown as a pair, and which disguised copies are found; also by libraries.

::

    python -m benchmarks.similarity STRANGERS
    python -m benchmarks.similarity STRANGERS --libraries conv_forward_naive softmax_loss_vectorized
    python -m benchmarks.similarity STRANGERS --class 1000

STRANGERS holds a folder for each exercise, with a file for each person who solved it and the given
``starter.py``. Such answers are found in public repositories of one course; they are not ours to
publish. People copy there, too: of the pairs that are shown, those are counted apart whose names
and comments, which the comparison does not look at, are the same as well.

``--libraries`` needs ``pip install --no-deps copydetect rapidfuzz pycode_similar tqdm`` and
matplotlib. Each library's threshold is where one pair of strangers in a hundred lies above.
"""

from __future__ import annotations

import argparse
import ast
import io
import itertools
import keyword
import math
import random
import time
import tokenize
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np

from benchmarks import disguises
from grader.grading.similarity import FLOOR
from grader.submission.alike_pairs import SHARE, compared
from grader.submission.likeness import Alike, Code, Rarity, alike
from grader.submission.normal_code import normal_parts

#: copies that are planted
_PLANTED = 10
#: pairs of strangers that libraries are tried on, in each exercise
_DRAWN = 400
#: names count as the same if this much of them, by rarity, is
_NAMES = 0.5


def code_of(text: str, exercise: str, who: str = "") -> Code:
    """Return one function in normal form."""
    return Code.of(who, normal_parts(ast.parse(text).body, [exercise]))


class Exercise:
    """The answers of strangers to one exercise."""

    def __init__(self, folder: Path) -> None:
        self.name = folder.name
        self.starter = (folder / "starter.py").read_text("utf-8")
        files = sorted(folder.glob("*.py"))
        self.texts = {f.stem: f.read_text("utf-8") for f in files if f.stem != "starter"}

    def alike(self, texts: Mapping[str, str]) -> Mapping[tuple[str, str], Alike]:
        """Return the pairs of *texts* that are alike at the default threshold."""
        codes = {who: code_of(text, self.name, who) for who, text in texts.items()}
        return compared(codes, [code_of(self.starter, self.name)]).pairs

    def said_alike(self) -> Callable[[str, str], bool]:
        """Return whether two people's names and comments are the same, too."""
        given = _words(self.starter)
        words = {who: _words(text) - given for who, text in self.texts.items()}
        having = Counter(word for some in words.values() for word in some)
        worth = {word: math.log(len(words) / max(2, count)) for word, count in having.items()}

        def said(one: str, other: str) -> bool:
            both, either = words[one] & words[other], words[one] | words[other]
            remarks = any(word.startswith("#") and having[word] <= 4 for word in both)
            total = sum(worth[word] for word in either)
            return remarks or (total > 0 and sum(worth[w] for w in both) / total >= _NAMES)

        return said


def _words(text: str) -> set[str]:
    """Return the names that a function chose, and its comments."""
    names = {
        node.id
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return names | {t.string for t in tokens if t.type == tokenize.COMMENT and len(t.string) > 6}


def strangers(exercises: list[Exercise]) -> None:
    """Print how many pairs of strangers are shown: in each exercise alone, and in all together."""
    print(f"{'exercise':26} {'people':>6} {'pairs':>6} {'shown':>6} {'names differ':>13}")
    together: dict[tuple[str, str], float] = defaultdict(float)
    voices: dict[tuple[str, str], list[bool]] = defaultdict(list)
    pairs_in_all, shown_in_all, false_in_all = 0, 0, 0
    for one in exercises:
        said = one.said_alike()
        found = one.alike(one.texts)
        for pair, likeness in found.items():
            together[pair] += likeness.worth
            voices[pair].append(said(*pair))
        shown = [pair for pair, likeness in found.items() if likeness.worth >= FLOOR]
        false = [pair for pair in shown if not said(*pair)]
        pairs = math.comb(len(one.texts), 2)
        pairs_in_all, shown_in_all = pairs_in_all + pairs, shown_in_all + len(shown)
        false_in_all += len(false)
        print(f"{one.name:26} {len(one.texts):6} {pairs:6} {len(shown):6} {len(false):13}")
    print(f"{'each alone':26} {'':6} {pairs_in_all:6} {shown_in_all:6} {false_in_all:13}")
    people = {who for one in exercises for who in one.texts}
    shown = [pair for pair, worth in together.items() if worth >= FLOOR]
    false = [pair for pair in shown if not any(voices[pair])]
    pairs = math.comb(len(people), 2)
    print(f"{'all as one assignment':26} {len(people):6} {pairs:6} {len(shown):6} {len(false):13}")


def planted(exercises: list[Exercise]) -> None:
    """Print how many of ten copies are found, by how they are disguised."""
    ways = {
        **disguises.KINDS,
        "all at once": disguises.all_at_once,
        "parts given names, too": disguises.with_names_for_parts,
    }
    count = Counter(who for one in exercises for who in one.texts)
    authors = [who for who, _number in count.most_common(_PLANTED)]
    print(f"\n{'disguise':26} {'whole work':>11} {'one exercise':>13} {'large enough':>13}")
    for name, way in ways.items():
        worth: dict[str, float] = defaultdict(float)
        alone, large = 0, 0
        for one in exercises:
            texts = dict(one.texts)
            for number, who in enumerate(a for a in authors if a in one.texts):
                texts[f"copy of {who}"] = way(one.texts[who], number)
            codes = {who: code_of(text, one.name, who) for who, text in texts.items()}
            found = compared(codes, [code_of(one.starter, one.name)])
            for who in authors:
                if who in one.texts:
                    likeness = found.pairs.get((who, f"copy of {who}"))
                    own = min(found.own[who], found.own[f"copy of {who}"])
                    worth[who] += likeness.worth if likeness else 0.0
                    alone += bool(likeness and likeness.worth >= FLOOR)
                    large += own >= FLOOR
        whole = sum(worth[who] >= FLOOR for who in authors)
        print(f"{name:26} {whole:8}/{_PLANTED} {alone:13} {large:13}")


# -- libraries -------------------------------------------------------------------------------------


def tokens_of(text: str) -> list[str]:
    """Return the tokens of a function without comments; chosen names are all the same."""
    chosen = {n.id for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Name)}
    found = []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type in (tokenize.NAME, tokenize.NUMBER, tokenize.OP, tokenize.STRING):
            is_name = token.string in chosen and not keyword.iskeyword(token.string)
            found.append("V" if is_name else token.string)
    return found


def labels_of(text: str, exercise: str) -> list[str]:
    """Return the symbols of a function in normal form; chosen names are all the same."""
    parts = normal_parts(ast.parse(text).body, [exercise])
    every = (symbol for part in parts for symbol in part.every)
    return ["$" if symbol.is_chosen else symbol.label for symbol in every]


def _ways(one: Exercise, texts: Mapping[str, str]) -> dict[str, Callable[[str, str], float]]:
    """Return how alike two people's answers are, by each library."""
    import copydetect
    import pycode_similar
    from rapidfuzz.distance import Indel

    bare = {who: disguises.without_docstring(text) for who, text in texts.items()}
    codes = {who: code_of(text, one.name, who) for who, text in texts.items()}
    rarity = Rarity(list(codes.values()), [code_of(one.starter, one.name)])
    weights = {who: rarity.weights(code) for who, code in codes.items()}
    own = {who: rarity.own(code, weights[who]) for who, code in codes.items()}

    def winnowed(text: str, given: object = None) -> object:
        return copydetect.CodeFingerprint("f.py", 10, 6, boilerplate=given, fp=io.StringIO(text))

    starter = winnowed(disguises.without_docstring(one.starter))
    given = np.array(sorted(starter.hashes))  # type: ignore[attr-defined]
    marks = {who: winnowed(text, given) for who, text in bare.items()}
    tokens = {who: tokens_of(text) for who, text in bare.items()}
    normal = {who: labels_of(text, one.name) for who, text in texts.items()}

    def ours(a: str, b: str) -> float:
        found = alike(codes[a], codes[b], (weights[a], weights[b]), min(own[a], own[b]))
        return found.worth * found.share

    def diffed(a: str, b: str) -> float:
        found = pycode_similar.detect([bare[a], bare[b]])
        return float(found[0][1][0].plagiarism_percent)

    return {
        "gradproof": ours,
        "copydetect": lambda a, b: float(max(copydetect.compare_files(marks[a], marks[b])[1])),
        "rapidfuzz": lambda a, b: Indel.normalized_similarity(tokens[a], tokens[b]),
        "rapidfuzz, normal": lambda a, b: Indel.normalized_similarity(normal[a], normal[b]),
        "difflib": lambda a, b: SequenceMatcher(None, tokens[a], tokens[b], False).ratio(),
        "pycode_similar": diffed,
    }


def libraries(exercises: list[Exercise]) -> None:
    """Print how many planted copies each library puts above all but 1 % of pairs of strangers."""
    for one in exercises:
        draw = random.Random(1)
        authors = draw.sample(sorted(one.texts), _PLANTED)
        texts = dict(one.texts)
        for number, who in enumerate(authors):
            texts[f"copy of {who}"] = disguises.all_at_once(one.texts[who], number)
        pairs = list(itertools.combinations(sorted(one.texts), 2))
        pairs = draw.sample(pairs, min(len(pairs), _DRAWN))
        for name, way in _ways(one, texts).items():
            start = time.process_time()
            values = sorted(way(*pair) for pair in pairs)
            took = 1000 * (time.process_time() - start) / len(pairs)
            bar = values[math.ceil(len(values) * 0.99) - 1]
            found = sum(way(who, f"copy of {who}") > bar for who in authors)
            line = f"{one.name:26} {name:17} {found:3}/{_PLANTED} above {bar:7.2f}"
            print(f"{line}, {took:.2f} ms a pair")


def large_class(exercises: list[Exercise], count: int) -> None:
    """Print how long a class of *count* takes: each has half of the code of two people."""
    for one in exercises:
        codes = [code_of(text, one.name) for text in one.texts.values()]
        parts = [normal_parts(ast.parse(text).body, [one.name]) for text in one.texts.values()]
        both = itertools.product(range(len(codes)), repeat=2)
        mixed = {
            f"learner{number}": Code.of(
                number, parts[a][: len(parts[a]) // 2] + parts[b][len(parts[b]) // 2 :]
            )
            for number, (a, b) in enumerate(random.Random(1).sample(list(both), count))
        }
        start = time.process_time()
        found = compared(mixed, [code_of(one.starter, one.name)])
        took = time.process_time() - start
        print(f"{one.name:26} {len(mixed)} learners: {took:.1f} s, {len(found.pairs)} pairs")


def main() -> None:
    """Read the command line, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("strangers", type=Path)
    parser.add_argument("exercises", nargs="*")
    parser.add_argument("--libraries", action="store_true")
    parser.add_argument("--class", type=int, dest="count")
    given = parser.parse_intermixed_args()
    folders = [path for path in sorted(given.strangers.iterdir()) if path.is_dir()]
    wanted = [p for p in folders if not given.exercises or p.name in given.exercises]
    exercises = [Exercise(path) for path in wanted]
    if given.libraries:
        libraries(exercises)
    elif given.count:
        large_class(exercises, given.count)
    else:
        print(f"floor {FLOOR:.0f} symbols, share {SHARE:.0%}")
        strangers(exercises)
        planted(exercises)


if __name__ == "__main__":
    main()
