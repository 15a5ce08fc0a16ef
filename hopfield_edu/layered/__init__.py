"""Units in layers: choose a Lagrangian for each layer, and an energy and a flow that goes down it follow.

    tau_I dx_I/dt = sum_J W_IJ g_J + b_I - x_I             g_I = dL/dx_I
    E = sum_I (x_I - b_I) g_I - L - 1/2 sum_IJ g_I W_IJ g_J

(Krotov 2021; Scholarpedia eqs. 10 to 13.) This one idea is here three times, from the special to the general:

| class | its weights | Scholarpedia |
|---|---|---|
| `Network` | between features and memories only | eqs. 1 to 9, figs. 4 and 5 |
| `Graph` | between any two layers that you name | eqs. 14 to 18, fig. 7 |
| `Units` | between any two units | eqs. 10 to 13, fig. 6 |

`linear`, `tanh`, ... are layers; one of your own is a `Layer(name, lagrangian, output)`, and `hessian_check`
says whether it keeps its promises. `model_a`, `model_b`, `model_c` and `hierarchy` build known networks,
`fit` learns the weights of one.
"""

from hopfield_edu.layered._coupled import Units
from hopfield_edu.layered._graph import Graph, hierarchy
from hopfield_edu.layered._lagrangians import (
    Curvature,
    Layer,
    divisive,
    hessian_check,
    linear,
    logistic,
    power,
    rectified,
    softmax,
    spherical,
    tanh,
)
from hopfield_edu.layered._learn import Fitted, fit, recall_loss
from hopfield_edu.layered._two import Network, model_a, model_b, model_c

__all__ = [
    "Curvature",
    "Fitted",
    "Graph",
    "Layer",
    "Network",
    "Units",
    "divisive",
    "fit",
    "hessian_check",
    "hierarchy",
    "linear",
    "logistic",
    "model_a",
    "model_b",
    "model_c",
    "power",
    "recall_loss",
    "rectified",
    "softmax",
    "spherical",
    "tanh",
]
