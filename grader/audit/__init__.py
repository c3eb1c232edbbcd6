"""The audit of checks with correct solutions, known mistakes, mutants and wrong answers."""
