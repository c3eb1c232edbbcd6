"""What a course consists of: catalogue, sources, starters, scaffolds."""
