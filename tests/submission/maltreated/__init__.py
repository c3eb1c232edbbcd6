"""Notebooks as learners really hand them in: a released one, filled in, and what becomes of it."""

from . import cells, file, shell, stumbles
from .base import ANSWERS, ASSIGNMENT, COURSE, MALTREATMENTS, code, maltreated, sound, written

__all__ = [
    "ANSWERS",
    "ASSIGNMENT",
    "COURSE",
    "MALTREATMENTS",
    "cells",
    "code",
    "file",
    "maltreated",
    "shell",
    "sound",
    "stumbles",
    "written",
]
