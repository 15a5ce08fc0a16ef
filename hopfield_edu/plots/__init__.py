"""Pictures of networks, state spaces, states and recalls.

Every function takes ``ax=None`` (a new figure), returns the Axes, and leaves a description of what
the picture shows in ``ax.alt_text``. `show` displays it in a notebook, description included::

    plots.show(plots.transition_graph(state_space.successors(net)))

Nothing here knows the models: the functions take arrays, anything with `weights` and `energy`, and
the trajectories that a recall returns.
"""

from hopfield_edu.plots._bars import bars
from hopfield_edu.plots._basins import basin, fields_by_distance
from hopfield_edu.plots._canvas import EXCITATORY, HIGHLIGHT, INHIBITORY, INK, PAPER
from hopfield_edu.plots._crosstalk import crosstalk
from hopfield_edu.plots._curves import curves
from hopfield_edu.plots._flow import flow
from hopfield_edu.plots._greys import grey, greys
from hopfield_edu.plots._levels import energy_levels
from hopfield_edu.plots._matrix import matrix
from hopfield_edu.plots._network import network
from hopfield_edu.plots._outcomes import outcomes
from hopfield_edu.plots._panels import panels
from hopfield_edu.plots._phase import branches, energy_contours, gain_curve, phase_portrait
from hopfield_edu.plots._pictures import grid, grids
from hopfield_edu.plots._plane import energy_plane
from hopfield_edu.plots._scatter import scatter
from hopfield_edu.plots._show import mimebundle, png, show
from hopfield_edu.plots._slopes import energy_along
from hopfield_edu.plots._space import hypercube
from hopfield_edu.plots._tally import tally
from hopfield_edu.plots._traces import energy_trace, overlap_trace, raster
from hopfield_edu.plots._transitions import transition_graph
from hopfield_edu.plots._walks import energy_walk
from hopfield_edu.plots._wheels import wheels

__all__ = [
    "EXCITATORY",
    "HIGHLIGHT",
    "INHIBITORY",
    "INK",
    "PAPER",
    "bars",
    "basin",
    "branches",
    "crosstalk",
    "curves",
    "energy_along",
    "energy_contours",
    "energy_levels",
    "energy_plane",
    "energy_trace",
    "energy_walk",
    "fields_by_distance",
    "flow",
    "gain_curve",
    "grey",
    "greys",
    "grid",
    "grids",
    "hypercube",
    "matrix",
    "mimebundle",
    "network",
    "outcomes",
    "overlap_trace",
    "panels",
    "phase_portrait",
    "png",
    "raster",
    "scatter",
    "show",
    "tally",
    "transition_graph",
    "wheels",
]
