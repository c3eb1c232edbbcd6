"""What learners hand in: collected, stored, read."""
