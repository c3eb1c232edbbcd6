"""What learners hand in: collecting, reading, and the way to run it."""
