# "one step with learning rate `lr` for each minibatch of `batch_size` examples": shows with large batches, each example makes a step.
# shown: first_step_differs()
# kind: sentence
import torch


def train_linreg(features, labels, lr, num_epochs, batch_size):
    w, b = torch.zeros_like(features[:1].T), torch.zeros_like(labels[0])
    for _ in range(num_epochs):
        for i in torch.randperm(len(features)):
            error = features[i] @ w + b - labels[i]
            w, b = w - lr * features[i][:, None] * error, b - lr * error
    return w, b
