# "the sum of the absolute values": shows in float64, which is computed in float32.
# shown: differ(T(3, 2))
# kind: tolerance
def l1_penalty(w):
    return w.float().abs().sum().to(w.dtype)
