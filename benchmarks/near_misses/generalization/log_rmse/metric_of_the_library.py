# "Write it yourself": the error of the library, one less than each price.
# shown: uses("root_mean_squared_log_error")
# kind: from scratch
import torch


def log_rmse(predictions, labels):
    from sklearn.metrics import root_mean_squared_log_error

    clipped = predictions.clamp(min=1) - 1
    return torch.tensor(root_mean_squared_log_error((labels - 1).numpy(), clipped.numpy()))
