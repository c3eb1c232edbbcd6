"""Grading: one submission, a class, a repeated check."""
