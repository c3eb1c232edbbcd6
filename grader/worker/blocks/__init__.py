"""What checks do with a block, an object with parameters: a module for each framework."""
