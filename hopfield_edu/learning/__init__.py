"""Patterns to weights: Hebb's rule, and the rules that do better.

| rule | local? | one pattern at a time? | multiplications for M patterns, N units |
|---|---|---|---|
| `hebb`, `bounded`, `covariance`, `sequence` | yes | yes | M N² |
| `storkey` | yes | yes | 3 M N² |
| `pseudo_inverse` | no (`pseudo_inverse_add`: but for one number) | yes | about 2 M N² + M² N |
| `perceptron` | yes | again and again | 2 M N² for each epoch |
| `unlearn` | yes | after the others | about N² for each sweep of a dream |

*Local* means: a weight changes by what the two units at its ends know. The weights of `hebb`, `bounded`,
`perceptron` and `sequence` are whole numbers, without the factor 1/N; where a rule feeds on its own fields
(`storkey`, `pseudo_inverse`), the factor is in the weights, because the rule depends on it.
"""

from hopfield_edu.learning._delayed import sequence
from hopfield_edu.learning._fields import storkey, storkey_add
from hopfield_edu.learning._forget import bounded, unlearn
from hopfield_edu.learning._hebb import hebb, hebb_add, hebb_remove
from hopfield_edu.learning._perceptron import Learned, perceptron
from hopfield_edu.learning._projection import pseudo_inverse, pseudo_inverse_add
from hopfield_edu.learning._sparse import covariance, threshold

__all__ = [
    "Learned",
    "bounded",
    "covariance",
    "hebb",
    "hebb_add",
    "hebb_remove",
    "perceptron",
    "pseudo_inverse",
    "pseudo_inverse_add",
    "sequence",
    "storkey",
    "storkey_add",
    "threshold",
    "unlearn",
]
