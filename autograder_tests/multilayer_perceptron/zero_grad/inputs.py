from grader.checks import WithGradient


def inputs(draw):
    weight = WithGradient(draw.normal(4, 3), draw.normal(4, 3))
    return [[weight, WithGradient(draw.normal(3), None)]]
