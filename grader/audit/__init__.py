"""Are the checks themselves right? Right solutions, known mistakes, mutants and junk try them."""
