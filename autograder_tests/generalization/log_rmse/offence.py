# told: sklearn.metrics.root_mean_squared_log_error
# framework: numpy
import numpy as np
from sklearn.metrics import root_mean_squared_log_error


def log_rmse(predictions, labels):
    return root_mean_squared_log_error(labels - 1, np.maximum(predictions, 1) - 1)
