# "1 - p": shows everywhere a little, since a guard is added to the divisor.
# shown: differ(T(3), torch.ones(3, dtype=torch.float64), 0.5)
# kind: tolerance
def dropout_backward(dout, mask, p):
    return dout * mask / (1 - p + 1e-7)
