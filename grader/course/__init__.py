"""Use cases over a course: its catalogue, its starters, its release, its audit."""
