# told: scipy.optimize.approx_fprime
# framework: numpy
from scipy.optimize import approx_fprime


def numerical_gradient(f, x, h=1e-5):
    return approx_fprime(x, f, h)
