# framework: mxnet
from mxnet import np, npx

npx.set_np()


def lstm_cell(x, h, c, W_x, W_h, b):
    I, F, C, O = np.split(np.dot(x, W_x) + np.dot(h, W_h) + b, 4, axis=1)
    I, F, O = npx.sigmoid(I), npx.sigmoid(F), npx.sigmoid(O)
    C = F * c + I * np.tanh(C)
    H = O * np.tanh(C)
    return H, C
