"""gradproof: exercises for deep learning, and grades that are right."""

__version__ = "0.1.0"
