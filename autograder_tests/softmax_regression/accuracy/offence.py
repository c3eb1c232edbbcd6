# told: sklearn.metrics.accuracy_score
# framework: numpy
from sklearn.metrics import accuracy_score


def accuracy(y_hat, y):
    return accuracy_score(y, y_hat.argmax(axis=1))
