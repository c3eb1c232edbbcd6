"""What learners are given: starters, public checks, recorded answers and hints."""
