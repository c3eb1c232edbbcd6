"""At home in nbgrader: its gradebook, its folders, its autograde. Only here is it known.

nbgrader is an optional extra: modules import it where they need it, through :mod:`.installed`.
"""
