# told: sklearn.neural_network.MLPRegressor
# framework: numpy
from sklearn.neural_network import MLPRegressor


def bike_rides(X, y, hidden, lr, num_epochs, batch_size):
    network = MLPRegressor((hidden,), activation="logistic", max_iter=num_epochs)
    network.fit(X, y[:, 0])
    return lambda X: network.predict(X)[:, None]
