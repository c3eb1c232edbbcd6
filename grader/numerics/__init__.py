"""Numerical comparisons and statistics: pure functions of arrays."""
