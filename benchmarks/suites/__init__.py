"""Ways to test an exercise that others use, to be held against gradproof's checks.

A suite is a function of two modules, ``student`` and ``reference``: it raises if it finds the
student's wrong. Both take and return NumPy arrays, whatever they are written in.
"""
