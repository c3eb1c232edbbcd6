from grader.checks import WithGradient


def inputs(draw):
    params = [WithGradient(draw.normal(*s), draw.normal(*s)) for s in [(4, 3), (3,)]]
    return [[*params, WithGradient(draw.normal(3), None)], 0.1]
