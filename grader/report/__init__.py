"""What was found, for learners, instructors and machines."""
