# "With p = 1 everything was dropped": shows where p is 1, which raises.
# shown: fails(T(3), torch.zeros(3, dtype=torch.float64), 1.0)
# kind: sentence
def dropout_backward(dout, mask, p):
    assert 0 <= p < 1
    return dout * mask / (1 - p)
