# "(y_hat - y)² / 2": near labels of 1e6 the three terms cancel
# shown: differ(1e6 + T(5, 1), 1e6 - T(5, 1))
# kind: tolerance
# framework: torch

def squared_loss(y_hat, y):
    y = y.reshape(y_hat.shape)
    return y_hat * y_hat / 2 - y_hat * y + y * y / 2
