"""The learner's desk: checks in a notebook or a terminal, progress, hints, packing a submission."""
