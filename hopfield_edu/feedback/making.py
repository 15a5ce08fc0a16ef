"""What checks are made of, for exercises of one's own: GUIDE.md in the repository shows a whole one.

>>> from hopfield_edu.feedback.making import FunctionCheck, Mistake
>>> def _twice(x):
...     return 2 * x
>>> def one_half(x):
...     '''You halved it. What is x + x?'''
...     return x / 2
>>> twice = FunctionCheck(_twice, lambda rng: [(1,), (3.5,)], [Mistake.of(one_half)], ["Add x to itself."])
>>> twice(lambda x: x / 2).mistake
'one half'
"""

from hopfield_edu.feedback._core import ExampleCheck, FunctionCheck, Mistake, TableCheck

__all__ = ["ExampleCheck", "FunctionCheck", "Mistake", "TableCheck"]
