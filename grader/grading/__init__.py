"""Grading submissions: one, a class, one check again."""
