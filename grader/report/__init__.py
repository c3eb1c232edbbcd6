"""Reports for learners, instructors and machines."""
