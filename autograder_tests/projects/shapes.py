"""Small grey images of shapes: the images of the course, and others like them.

Nothing is taken from elsewhere. `python autograder_tests/projects/shapes.py` writes the files that
learners are given; they are the same every time.
"""

import sys
from pathlib import Path

import numpy as np

#: height and width of an image, and the brightest of its greys, which are whole numbers
SIDE, WHITE = 16, 15

#: what the images of the course show; the place of a word is the label
KINDS = ("plus", "cross", "square", "bar")

#: what others may show, too
MORE_KINDS = (*KINDS, "block")

#: the seed of the images that come with the course, and how many are in their parts
SEED = 20261201
TRAIN, TEST = 400, 200


def shapes(rng, n, kinds=KINDS):
    """Return n images (n, 1, 16, 16) from 0 to 1, and the places in *kinds* of what they show.

    There are as many of each kind, or one more, in random order. Places, sizes and greys vary.
    """
    labels = rng.permutation(np.arange(n) % len(kinds))
    images = np.stack([image(rng, kinds[label]) for label in labels])
    return images[:, None], labels


def image(rng, kind):
    """Return an image (16, 16) of one shape."""
    size = rng.uniform(3, 5)
    row, column = rng.uniform(size, SIDE - 1 - size, 2)
    down, right = np.arange(SIDE)[:, None] - row, np.arange(SIDE)[None, :] - column
    ink = rng.uniform(0.4, 0.7) * drawn(kind, np.abs(down), np.abs(right), size)
    grey = rng.uniform(0.1, 0.3) + ink + rng.normal(0, 0.05, (SIDE, SIDE))
    return np.round(WHITE * np.clip(grey, 0, 1)) / WHITE


def drawn(kind, down, right, size):
    """Return which pixels a shape covers, from their distances to its centre."""
    near, far = np.minimum(down, right), np.maximum(down, right)
    if kind == "plus":
        return (near <= 0.8) & (far <= size)
    if kind == "cross":
        return (np.abs(down - right) <= 1.1) & (far <= size)
    if kind == "square":
        return np.abs(far - size) <= 0.8
    if kind == "bar":
        return (down <= 0.8) & (right <= size)
    return far <= 0.7 * size


def course_shapes():
    """Return the images and labels that come with the course: for training, and for testing."""
    images, labels = shapes(np.random.default_rng(SEED), TRAIN + TEST)
    return (images[:TRAIN], labels[:TRAIN]), (images[TRAIN:], labels[TRAIN:])


def write(images, labels, path):
    """Write a line for each image: its label, and its greys as hexadecimal digits."""
    greys = np.round(WHITE * images).astype(int).reshape(len(labels), -1)
    lines = [
        f"{label} {''.join(f'{grey:x}' for grey in row)}\n"
        for label, row in zip(labels, greys, strict=True)
    ]
    path.write_text("".join(lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    DATA = Path(__file__).parents[2] / "assignments" / "projects" / "files" / "data"
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    for part, (images, labels) in zip(("train", "test"), course_shapes(), strict=True):
        write(images, labels, folder / f"shapes_{part}.txt")
