"""The functions between the layers of the heads, in numpy."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]


def softmax(x: Array) -> Array:
    """Return the shares of the exponentials along the last axis."""
    y = np.exp(x - x.max(-1, keepdims=True))
    shares: Array = (y / y.sum(-1, keepdims=True)).astype(np.float32)
    return shares


def sigmoid(x: Array) -> Array:
    """Return the logistic function."""
    y: Array = (1 / (1 + np.exp(-np.clip(x, -30, 30)))).astype(np.float32)
    return y


def gelu(x: Array) -> Array:
    """Return the GELU with the error function, by the formula of Abramowitz and Stegun 7.1.26 (error below 2e-7)."""
    z = np.abs(x) * np.float32(0.7071067811865476)
    t = 1 / (1 + np.float32(0.3275911) * z)
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * np.float32(1.061405429)))))
    erf = np.sign(x) * (1 - poly * np.exp(-z * z))
    y: Array = (0.5 * x * (1 + erf)).astype(np.float32)
    return y
