"""What a course is: its catalogue, its sources, its starters, its scaffolds."""
