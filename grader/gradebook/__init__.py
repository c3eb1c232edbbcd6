"""Integration with nbgrader: gradebook, folders, autograde. Only this package knows nbgrader.

nbgrader is an optional extra: modules import it where they need it, through :mod:`.installed`.
"""
