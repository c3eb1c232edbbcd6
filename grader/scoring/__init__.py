"""Grading a class: session, executor, diagnosis, results."""
