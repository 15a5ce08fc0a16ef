"""Slips of Python that have nothing to do with one exercise, and how they are recognised.

A slip is known in three ways, from the surest to the least:

- *undone*: one small change of the learner's own source, such as ``**`` for ``^``, makes all results right;
- *seen in the results*: they are those of the solution, rounded, cut off, ten times as large, ...;
- *made*: a right answer with just this slip gives the learner's results, on all inputs.

Nothing is tried before an answer is wrong and none of the exercise's own mistakes.
"""

from __future__ import annotations

import ast
import copy
import functools
import inspect
import itertools
import linecache
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from numbers import Number
from typing import Any, cast

import numpy as np

from hopfield_edu._values import Listing, numbers, same, show

Edits = Iterator[tuple[int, ast.Module]]  # the line that was changed, and the changed tree
Expressions = Iterator[ast.expr]

STEPS = 3_000  # lines of Python that a changed function may run on one input; it may never end
ALL_STEPS = 200_000  # and all of them together: a long answer has more places than are worth the wait


def allowed(cost: int, longer: bool = False) -> int:
    """The steps of a changed copy on an input for which the answer itself took so many.

    `longer` is for copies that go through all turns of a loop which the answer leaves in the first one.
    """
    return STEPS * (10 if longer else 1) + 4 * cost


def budget(cost: int) -> int:
    """The steps of all changed copies together, where the answer itself took so many on all inputs."""
    return ALL_STEPS + 5 * cost


@dataclass(frozen=True)
class Slip:
    """A slip: its name and message, what takes it back in a wrong source, what makes it in a right one."""

    name: str
    message: str
    undo: Callable[[ast.Module], Edits]
    make: Callable[[ast.Module], Edits]


# ------------------------------------------------------------------------------ changing a tree


def replaced(tree: ast.Module, node: ast.AST, new: ast.AST | list[ast.stmt]) -> ast.Module:
    """A copy of the tree with another node in the place of one, or several statements in that of one."""
    if isinstance(new, list):
        new = ast.If(ast.Constant(True), new or [ast.Pass()], [])
    changed = ast.fix_missing_locations(copy.deepcopy(tree, {id(node): new}))
    changed.place = getattr(node, "lineno", 0), getattr(node, "col_offset", 0)  # type: ignore[attr-defined]
    return changed


def _each(kind: type | tuple[type, ...], change: Callable[[Any], Expressions]) -> Callable[..., Edits]:
    """The edits that `change` makes of the nodes of one kind, one at a time."""

    def edits(tree: ast.Module) -> Edits:
        for node in ast.walk(tree):
            if isinstance(node, kind):
                for new in change(node):
                    yield node.lineno, replaced(tree, node, copy.deepcopy(new))

    return edits


def _throughout(change: Callable[[Any], Expressions]) -> Callable[..., Edits]:
    """One edit that changes all calls at once, where `change` knows what to do with two or more of them."""

    def edits(tree: ast.Module) -> Edits:
        calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
        new = {id(node): other for node in calls if (other := next(change(node), None)) is not None}
        if len(new) > 1:
            lines = [getattr(node, "lineno", 0) for node in ast.walk(tree) if id(node) in new]
            yield min(lines), ast.fix_missing_locations(copy.deepcopy(tree, dict(new)))

    return edits


def _operator(old: type, new: type) -> Callable[..., Edits]:
    return _each(
        ast.BinOp,
        lambda n: iter([ast.BinOp(n.left, new(), n.right)] if isinstance(n.op, old) else []),
    )


def _powers(tree: ast.Module) -> Edits:
    """All `^` written `**`, which also binds more tightly."""
    found = [
        node for node in ast.walk(tree) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitXor)
    ]
    if found:
        changed = ast.parse(tree.text.replace("^", "**"))  # type: ignore[attr-defined]
        changed.body[0].decorator_list = []  # type: ignore[attr-defined]
        yield found[0].lineno, changed


def _comparison(pairs: dict[type, type]) -> Callable[..., Edits]:
    def change(node: ast.Compare) -> Expressions:
        for k, op in enumerate(node.ops):
            if type(op) in pairs:
                ops = [*node.ops[:k], pairs[type(op)](), *node.ops[k + 1 :]]
                yield ast.Compare(node.left, ops, node.comparators)

    return _each(ast.Compare, change)


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _identities(tree: ast.Module) -> Edits:
    """All `is` and `is not` written `==` and `!=`, but those with None."""
    changed, lines = copy.deepcopy(tree), []
    for node in ast.walk(changed):
        if isinstance(node, ast.Compare) and not any(map(_is_none, (node.left, *node.comparators))):
            lines += [node.lineno for op in node.ops if type(op) in _EQUAL]
            node.ops = [_EQUAL.get(type(op), type(op))() for op in node.ops]
    if lines:
        yield min(lines), changed


def _together(*rules: Callable[[ast.Module], Edits]) -> Callable[..., Edits]:
    def edits(tree: ast.Module) -> Edits:
        for rule in rules:
            yield from rule(tree)

    return edits


def _never(tree: ast.Module) -> Edits:
    return iter(())


def _name_of(node: ast.AST) -> str:
    """`sum` of `sum(x)`, `np.sum(x)` and `x.sum()`."""
    function = node.func if isinstance(node, ast.Call) else node
    return getattr(function, "attr", getattr(function, "id", ""))


def _is(node: ast.AST, value: Any) -> bool:
    """Whether a node is this constant; -1 counts as one."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and value < 0:
        return _is(node.operand, -value)
    return isinstance(node, ast.Constant) and node.value is not True and node.value == value


def _renamed(names: dict[str, str]) -> Callable[..., Edits]:
    """Calls of one function turned into calls of another."""

    def change(node: ast.Call) -> Expressions:
        other = names.get(_name_of(node))
        if other:
            function = copy.deepcopy(node.func)
            if isinstance(function, ast.Attribute):
                function.attr = other
            else:
                function = ast.Name(other, ast.Load())
            yield ast.Call(function, node.args, node.keywords)

    return _each(ast.Call, change)


# ------------------------------------------------------------------------------ loops


def _blocks(tree: ast.Module) -> Iterator[list[ast.stmt]]:
    for node in ast.walk(tree):
        for field in ("body", "orelse"):
            block = getattr(node, field, None)
            if isinstance(block, list):
                yield block


def _loops(tree: ast.Module) -> Iterator[Any]:
    return (node for node in ast.walk(tree) if isinstance(node, (ast.For, ast.While)))


def _with_body(loop: Any, body: list[ast.stmt]) -> Any:
    new = copy.copy(loop)
    new.body = body or [ast.Pass()]
    return new


def _return_out_of_loop(tree: ast.Module) -> Edits:
    """`return` at the end of a loop put behind it, or behind the loop around it."""
    for loop in _loops(tree):
        *before, last = loop.body
        if isinstance(last, ast.Return):
            yield last.lineno, replaced(tree, loop, [_with_body(loop, before), last])
            for outer in _loops(tree):
                if outer is not loop and loop in outer.body:
                    inner = [_with_body(s, before) if s is loop else s for s in outer.body]
                    yield last.lineno, replaced(tree, outer, [_with_body(outer, inner), last])
        if isinstance(last, ast.If) and len(last.orelse) == 1 and isinstance(last.orelse[0], ast.Return):
            found = ast.If(last.test, last.body, [])
            yield (
                last.orelse[0].lineno,
                replaced(tree, loop, [_with_body(loop, [*before, found]), last.orelse[0]]),
            )


def _return_into_loop(tree: ast.Module) -> Edits:
    """The first statement after a loop, a `return`, put at the end of the loop."""
    for block in _blocks(tree):
        for loop, after in itertools.pairwise(block):
            if isinstance(loop, (ast.For, ast.While)) and isinstance(after, ast.Return):
                yield after.lineno, replaced(tree, loop, _with_body(loop, [*loop.body, after]))


def _last_line_out_of_loop(tree: ast.Module) -> Edits:
    for loop in _loops(tree):
        *before, last = loop.body
        if before and not isinstance(last, (ast.Return, ast.Break, ast.Continue)):
            yield last.lineno, replaced(tree, loop, [_with_body(loop, before), last])


def _next_line_into_loop(tree: ast.Module) -> Edits:
    for block in _blocks(tree):
        for loop, after in itertools.pairwise(block):
            if isinstance(loop, (ast.For, ast.While)) and not isinstance(
                after, (ast.Return, ast.FunctionDef)
            ):
                changed = replaced(tree, after, [])
                twin = _twin(changed, loop)
                if twin is not None:
                    twin.body = [*twin.body, copy.deepcopy(after)]
                    yield after.lineno, ast.fix_missing_locations(changed)


def _twin(tree: ast.Module, node: Any) -> Any:
    """The copy of a node in a changed copy of its tree."""
    for other in ast.walk(tree):
        if type(other) is type(node) and (other.lineno, other.col_offset) == (node.lineno, node.col_offset):
            return other
    return None


def _start_before_loop(tree: ast.Module) -> Edits:
    """A variable that is set anew in every turn is set once, before the loop.

    What it is set to must be known there: a value that follows from what the loop changes is no start.
    """
    for loop in _loops(tree):
        changed = {n.id for n in ast.walk(loop) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        for k, first in enumerate(loop.body):
            read = {n.id for n in ast.walk(first) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
            if isinstance(first, ast.Assign) and k < 2 and not read & changed:
                rest = [*loop.body[:k], *loop.body[k + 1 :]]
                yield first.lineno, replaced(tree, loop, [first, _with_body(loop, rest)])


def _sum_before_loop(tree: ast.Module) -> Edits:
    """`p[i] = p[i] / p.sum()` in a loop, with the sum taken before it."""
    before = ast.Name("__before__", ast.Load())
    for loop in _loops(tree):
        for line in loop.body:
            targets = line.targets if isinstance(line, ast.Assign) else [getattr(line, "target", None)]
            owners = {ast.dump(t.value) for t in targets if isinstance(t, ast.Subscript)}
            for call in ast.walk(line) if owners else ():
                if _reduces(call, owners):
                    first = ast.Assign([ast.Name("__before__", ast.Store())], call)
                    rest = replaced(tree, call, before)
                    yield line.lineno, replaced(rest, _twin(rest, loop), [first, _twin(rest, loop)])


def _reduces(node: ast.AST, owners: set[str]) -> bool:
    """Whether this is the sum, the largest entry or the like of one of these arrays as a whole."""
    if not isinstance(node, ast.Call) or _name_of(node) not in ("sum", "fsum", "max", "min", "norm"):
        return False
    of = [*node.args, *([node.func.value] if isinstance(node.func, ast.Attribute) else [])]
    return len(node.args) < 2 and any(ast.dump(part) in owners for part in of)


def _starts_in_loop(tree: ast.Module) -> Edits:
    """A variable that is set before a loop, perhaps beside others, is set anew in every turn."""
    for block in _blocks(tree):
        for k, loop in enumerate(block):
            if isinstance(loop, (ast.For, ast.While)):
                for first in itertools.takewhile(lambda s: isinstance(s, ast.Assign), block[:k][::-1]):
                    changed = _with_body(loop, [first, *loop.body])
                    yield first.lineno, replaced(tree, loop, changed)


def _in_loops(tree: ast.Module, kind: type) -> Iterator[Any]:
    seen: set[int] = set()
    for loop in _loops(tree):
        for node in ast.walk(loop):
            if isinstance(node, kind) and id(node) not in seen:
                seen.add(id(node))
                yield node


def _plain_to_augmented(tree: ast.Module) -> Edits:
    for node in _in_loops(tree, ast.Assign):
        if len(node.targets) == 1 and isinstance(node.targets[0], (ast.Name, ast.Subscript)):
            yield node.lineno, replaced(tree, node, ast.AugAssign(node.targets[0], ast.Add(), node.value))


def _augmented_to_plain(tree: ast.Module) -> Edits:
    for node in ast.walk(tree):
        if isinstance(node, ast.AugAssign):
            yield node.lineno, replaced(tree, node, ast.Assign([node.target], node.value))


def _without(kind: type) -> Callable[..., Edits]:
    def edits(tree: ast.Module) -> Edits:
        for node in ast.walk(tree):
            if isinstance(node, kind):
                yield node.lineno, replaced(tree, node, ast.Pass())

    return edits


# ------------------------------------------------------------------------------ ranges and indices


def _ranges(
    change: Callable[[ast.expr, ast.expr], Iterator[tuple[ast.expr, ast.expr]]], counting: bool = False
) -> Callable[..., Edits]:
    """Start and end of a `range` changed; with `counting` where nobody reads its numbers, else elsewhere."""

    def edits(tree: ast.Module) -> Edits:
        counts = {id(loop.iter) for loop in _loops(tree) if _only_counts(loop)}

        def call(node: ast.Call) -> Expressions:
            known = _name_of(node) in ("range", "arange") and 1 <= len(node.args) <= 2
            if known and (id(node) in counts) == counting:
                start = node.args[0] if len(node.args) == 2 else ast.Constant(0)
                for pair in change(start, node.args[-1]):
                    yield ast.Call(node.func, list(pair), node.keywords)

        return _each(ast.Call, call)(tree)

    return edits


def _only_counts(loop: ast.For | ast.While) -> bool:
    """Whether the number of a loop's turn is read by nobody in it."""
    return isinstance(loop, ast.For) and not any(_read(line) & _stored(loop.target) for line in loop.body)


def _stored(tree: ast.AST) -> set[str]:
    """The variables that are set there."""
    return {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}


def _from_zero(start: ast.expr, end: ast.expr) -> Iterator[tuple[ast.expr, ast.expr]]:
    return iter([(_ZERO, end)] if _is(start, 1) and not _more_one(end) else [])


def _to_the_end(start: ast.expr, end: ast.expr) -> Iterator[tuple[ast.expr, ast.expr]]:
    return _if(_one_later(end), (start, _one_later(end)))


def _one_before_the_end(start: ast.expr, end: ast.expr) -> Iterator[tuple[ast.expr, ast.expr]]:
    return iter([(start, _plus(end, -1))] if not isinstance(end, ast.Constant) else [])


def _slices(old: tuple[Any, Any], new: tuple[Any, Any]) -> Callable[..., Edits]:
    """`x[1:]` turned into `x[:]` and the like; None stands for an open end."""

    def fits(end: ast.expr | None, value: Any) -> bool:
        return end is None if value is None else end is not None and _is(end, value)

    def end(value: Any) -> ast.expr | None:
        return None if value is None else ast.Constant(value)

    def change(node: ast.Slice) -> Expressions:
        if node.step is None and fits(node.lower, old[0]) and fits(node.upper, old[1]):
            yield ast.Slice(end(new[0]), end(new[1]), None)  # type: ignore[misc]

    return _each(ast.Slice, change)


def _less_one(node: ast.expr) -> ast.expr | None:
    """x of `x - 1`."""
    one = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub) and _is(node.right, 1)
    return node.left if one else None  # type: ignore[attr-defined]


def _one_later(node: ast.expr) -> ast.expr | None:
    """x of `x - 1`, `x - 1` of `x - 2`, and so on."""
    known = isinstance(node, ast.BinOp) and isinstance(node.right, ast.Constant)
    if not known or not isinstance(node.op, ast.Sub) or type(node.right.value) is not int:  # type: ignore[attr-defined]
        return None
    return _less_one(node) or _plus(node.left, 1 - node.right.value)  # type: ignore[attr-defined]


def _more_one(node: ast.expr) -> ast.expr | None:
    """x of `x + 1`."""
    one = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) and _is(node.right, 1)
    return node.left if one else None  # type: ignore[attr-defined]


def _plus(node: ast.expr, k: int) -> ast.expr:
    return ast.BinOp(node, ast.Add() if k > 0 else ast.Sub(), ast.Constant(abs(k)))


def _shifted(node: ast.Subscript) -> Expressions:
    """`x[i - 1]` and `x[i + 1]` for `x[i]`, and back."""
    if not isinstance(node.slice, (ast.Name, ast.BinOp)):
        return
    plain = _less_one(node.slice) or _more_one(node.slice)
    for index in [plain] if plain else [_plus(node.slice, 1), _plus(node.slice, -1)]:
        yield ast.Subscript(node.value, index, node.ctx)


def _turned(node: ast.Subscript) -> Expressions:
    """`w[i, j]` for `w[j, i]`, a column for a row, and back."""
    index = node.slice
    whole = ast.Slice(None, None, None)
    if isinstance(index, ast.Tuple) and len(index.elts) == 2:
        a, b = index.elts
        yield ast.Subscript(node.value, ast.Tuple([b, a], ast.Load()), node.ctx)
    elif isinstance(node.value, ast.Subscript) and isinstance(node.value.value, ast.Name):  # w[i][j]
        inner = ast.Subscript(node.value.value, index, ast.Load())
        yield ast.Subscript(inner, node.value.slice, node.ctx)
    elif isinstance(index, ast.Name) and isinstance(node.ctx, ast.Load):
        yield ast.Subscript(node.value, ast.Tuple([whole, index], ast.Load()), node.ctx)


def _transpositions(tree: ast.Module) -> Edits:
    """`w` for `w.T` and back, but in `w + w.T`, where nobody has taken the one for the other."""
    sums = [n for n in ast.walk(tree) if isinstance(n, ast.BinOp) and isinstance(n.op, ast.Add)]
    both = [n for n in sums if any(getattr(side, "attr", "") == "T" for side in (n.left, n.right))]
    sides = {id(side) for n in both for side in (n.left, n.right)}
    sides |= {id(node.value) for n in both for node in (n.left, n.right) if getattr(node, "attr", "") == "T"}  # type: ignore[attr-defined]
    for node in ast.walk(tree):
        if isinstance(node, _LOAD) and id(node) not in sides:
            for new in _transposed(node):
                yield node.lineno, replaced(tree, node, copy.deepcopy(new))


def _transposed(node: ast.expr) -> Expressions:
    if isinstance(node, ast.Attribute):
        if node.attr == "T":
            yield node.value
    elif isinstance(getattr(node, "ctx", None), ast.Load):
        yield ast.Attribute(node, "T", ast.Load())


def _transposed_throughout(tree: ast.Module) -> Edits:
    """One argument of the function read the other way, wherever it is used, twice or more."""
    (function,) = tree.body
    for arg in function.args.args:  # type: ignore[attr-defined]
        uses = [
            n
            for n in ast.walk(tree)
            if isinstance(n, ast.Name) and n.id == arg.arg and isinstance(n.ctx, ast.Load)
        ]
        if len(uses) > 1:
            new = {id(n): ast.Attribute(ast.Name(arg.arg, ast.Load()), "T", ast.Load()) for n in uses}
            yield uses[0].lineno, ast.fix_missing_locations(copy.deepcopy(tree, new))  # type: ignore[arg-type]


# ------------------------------------------------------------------------------ calls

_REDUCTIONS = ("sum", "mean", "max", "min", "any", "all", "prod", "argmax", "argmin")


def _keyword(node: ast.Call, name: str, value: Any) -> ast.Call:
    rest = [k for k in node.keywords if k.arg != name]
    return ast.Call(node.func, node.args, [*rest, ast.keyword(name, ast.Constant(value))])


def _has(node: ast.Call, name: str) -> Any:
    return next((k.value for k in node.keywords if k.arg == name), None)


def _keepdims(node: ast.Call) -> Expressions:
    if _name_of(node) in _REDUCTIONS and _has(node, "keepdims") is None and _has(node, "axis") is not None:
        yield _keyword(node, "keepdims", True)


def _no_keepdims(node: ast.Call) -> Expressions:
    if _has(node, "keepdims") is not None:
        yield ast.Call(node.func, node.args, [k for k in node.keywords if k.arg != "keepdims"])


_ALONG = (*_REDUCTIONS, "amax", "amin", "average", "median", "std", "norm", "cumsum", "reduce", "softmax")


def _other_axis(node: ast.Call) -> Expressions:
    """Another axis for what sums or looks for a maximum; `np.unique(x, axis=0)` and the like do neither."""
    axis = _has(node, "axis")
    if axis is not None and _name_of(node) in (*_ALONG, "logsumexp", "count_nonzero"):
        for old, new in ((0, 1), (1, 0), (-1, 0), (0, -1)):
            if _is(axis, old):
                yield _keyword(node, "axis", new)
    elif _name_of(node) in _REDUCTIONS and node.args and isinstance(node.func, ast.Attribute):
        for old, new in ((0, 1), (1, 0)):
            if _is(node.args[-1], old):
                yield ast.Call(node.func, [*node.args[:-1], ast.Constant(new)], node.keywords)


def _other_axis_kept(node: ast.Call) -> Expressions:
    """As `_other_axis`, where the other one needs `keepdims` as well."""
    for new in _other_axis(node):
        yield from _keepdims(cast(ast.Call, new))


def _with_axis(node: ast.Call) -> Expressions:
    method = isinstance(node.func, ast.Attribute)
    if method and _name_of(node) in _REDUCTIONS and _has(node, "axis") is None:
        for axis in (0, 1):
            yield _keyword(node, "axis", axis)


def _no_axis(node: ast.Call) -> Expressions:
    if _has(node, "axis") is not None and _name_of(node) in _REDUCTIONS:
        yield ast.Call(node.func, node.args, [k for k in node.keywords if k.arg not in ("axis", "keepdims")])


def _unwrapped(*names: str) -> Callable[[ast.Call], Expressions]:
    """`x` for `f(x)`, `np.f(x)` and `x.f()`."""

    def change(node: ast.Call) -> Expressions:
        if _name_of(node) in names:
            module = isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") in (
                "np",
                "math",
            )
            if isinstance(node.func, ast.Attribute) and not module:
                yield node.func.value
            elif node.args:
                yield node.args[0]

    return change


def _whole_type(node: ast.AST) -> bool:
    return getattr(node, "id", getattr(node, "attr", "")) in ("int", "int64", "int32", "int_")


def _narrow_type(node: ast.AST) -> bool:
    names = ("int8", "int16", "uint8", "uint16")
    return getattr(node, "value", None) in names or getattr(node, "id", getattr(node, "attr", "")) in names


def _to_wide(node: ast.Call) -> Expressions:
    """`x` for `x.astype(np.int8)`; a float where an array is made with such a type."""
    if _name_of(node) == "astype" and node.args and _narrow_type(node.args[0]):
        yield node.func.value  # type: ignore[attr-defined]
    elif any(map(_narrow_type, [*node.args, *(k.value for k in node.keywords)])):
        real = ast.Name("float", ast.Load())
        args = [real if _narrow_type(a) else a for a in node.args]
        words = [ast.keyword(k.arg, real if _narrow_type(k.value) else k.value) for k in node.keywords]
        yield ast.Call(node.func, args, words)


def _to_whole(node: ast.Call) -> Expressions:
    """`x` for `int(x)` and `x.astype(int)`; a float where an array is made with the type int."""
    name = _name_of(node)
    if name == "int" and len(node.args) == 1:
        yield node.args[0]
    elif name == "astype" and node.args and _whole_type(node.args[0]):
        yield node.func.value  # type: ignore[attr-defined]
    elif any(map(_whole_type, [*node.args, *(k.value for k in node.keywords)])):
        args = [ast.Name("float", ast.Load()) if _whole_type(a) else a for a in node.args]
        words = [
            ast.keyword(k.arg, ast.Name("float", ast.Load())) if _whole_type(k.value) else k
            for k in node.keywords
        ]
        yield ast.Call(node.func, args, words)


def _float_buffer(node: ast.Call) -> Expressions:
    """Arrays that take their type from the state, made of floats."""
    real = ast.Name("float", ast.Load())
    if (
        _name_of(node) in ("zeros_like", "empty_like", "ones_like", "full_like")
        and _has(node, "dtype") is None
    ):
        yield ast.Call(node.func, node.args, [*node.keywords, ast.keyword("dtype", real)])
    if _name_of(node) == "copy" and isinstance(node.func, ast.Attribute):
        owner = node.args[0] if node.args else node.func.value
        yield ast.Call(ast.Attribute(owner, "astype", ast.Load()), [real], [])


def _whole_buffer(node: ast.Call) -> Expressions:
    if _name_of(node) in ("zeros", "empty", "ones") and node.args and _has(node, "dtype") is None:
        yield ast.Call(node.func, node.args[:1], [ast.keyword("dtype", ast.Name("int", ast.Load()))])


def _at_return(wrap: Callable[[ast.expr], ast.expr]) -> Callable[..., Edits]:
    """Every returned value, wrapped."""

    def edits(tree: ast.Module) -> Edits:
        for node in ast.walk(tree):
            if isinstance(node, ast.Return) and node.value is not None:
                yield node.lineno, replaced(tree, node, ast.Return(wrap(copy.deepcopy(node.value))))

    return edits


def _np(name: str, *rest: Any) -> Callable[[ast.expr], ast.expr]:
    function = ast.parse(f"__import__('numpy').{name}", mode="eval").body
    return lambda value: ast.Call(copy.deepcopy(function), [value, *map(ast.Constant, rest)], [])


def _unclipped(node: ast.Call) -> Expressions:
    """`x` for `max(0, x)`, `np.maximum(x, 0)` and `np.clip(x, ...)`."""
    if _name_of(node) in ("max", "min", "maximum", "minimum") and len(node.args) == 2:
        for constant, other in (node.args, node.args[::-1]):
            if isinstance(constant, ast.Constant):
                yield other
    elif _name_of(node) == "clip":
        yield from _unwrapped("clip")(node)


def _swapped_cases(node: Any) -> Expressions:
    if isinstance(node, ast.IfExp):
        yield ast.IfExp(node.test, node.orelse, node.body)
    elif _name_of(node) == "where" and len(node.args) == 3:
        yield ast.Call(node.func, [node.args[0], node.args[2], node.args[1]], node.keywords)


def _brackets(node: ast.BinOp) -> Expressions:
    """`a / (b * c)` for `a / b * c`, `(a + b) / c` for `a + b / c`, `a * (b + c)` for `a * b + c`."""
    left, right, op = node.left, node.right, node.op
    if isinstance(op, ast.Mult) and isinstance(left, ast.BinOp) and isinstance(left.op, ast.Div):
        yield ast.BinOp(left.left, ast.Div(), ast.BinOp(left.right, ast.Mult(), right))
    if isinstance(op, (ast.Add, ast.Sub)):
        if isinstance(right, ast.BinOp) and isinstance(right.op, (ast.Mult, ast.Div, ast.Pow)):
            yield ast.BinOp(ast.BinOp(left, op, right.left), right.op, right.right)
        if isinstance(left, ast.BinOp) and isinstance(left.op, (ast.Mult, ast.Div, ast.MatMult)):
            yield ast.BinOp(left.left, left.op, ast.BinOp(left.right, op, right))


def _power_of_minus(node: ast.UnaryOp) -> Expressions:
    """`(-x) ** n` for `-x ** n`."""
    power = node.operand
    if isinstance(node.op, ast.USub) and isinstance(power, ast.BinOp) and isinstance(power.op, ast.Pow):
        yield ast.BinOp(ast.UnaryOp(ast.USub(), power.left), ast.Pow(), power.right)


def _no_minus(node: ast.UnaryOp) -> Expressions:
    if isinstance(node.op, ast.USub) and not isinstance(node.operand, ast.Constant):
        yield node.operand


def _minus(node: ast.BinOp) -> Expressions:
    """A minus before a product, a power or a sum."""
    yield ast.UnaryOp(ast.USub(), node)


def _next_numbers(tree: ast.Module) -> Edits:
    """Whole numbers one larger and one smaller, but for those that an array is filled with or chosen by."""
    calls = [
        n for n in ast.walk(tree) if isinstance(n, ast.Call) and _name_of(n) in ("fill_diagonal", "full")
    ]
    filled = [part for call in calls for part in call.args[1:]]
    masks = [part for n in ast.walk(tree) if isinstance(n, ast.Subscript) for part in ast.walk(n.slice)]
    for mask in masks:  # `w[w == 1] = 0`: with another number nothing is chosen at all
        if isinstance(mask, ast.Compare) and isinstance(mask.ops[0], ast.Eq):
            filled += mask.comparators

    def change(node: ast.Constant) -> Expressions:
        if type(node.value) is int and not any(node is part for part in filled):
            yield ast.Constant(node.value + 1)
            yield ast.Constant(node.value - 1)

    return _each(ast.Constant, change)(tree)


def _dropped_one(node: ast.BinOp) -> Expressions:
    plain = _less_one(node) or _more_one(node)
    if plain is not None:
        yield plain


def _half(tree: ast.Module) -> Edits:
    """A factor 0.5 or a division by 2 dropped."""

    def change(node: ast.BinOp) -> Expressions:
        if isinstance(node.op, ast.Mult) and _is(node.left, 0.5):
            yield node.right
        if (isinstance(node.op, ast.Mult) and _is(node.right, 0.5)) or (
            isinstance(node.op, (ast.Div, ast.FloorDiv)) and _is(node.right, 2)
        ):
            yield node.left

    return _each(ast.BinOp, change)(tree)


def _aliased(tree: ast.Module) -> Edits:
    """A copy where an array only got a second name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Name):
            yield node.lineno, replaced(tree, node.value, _copied(node.value))


def _copied(node: ast.expr) -> ast.expr:
    return ast.Call(ast.parse("__import__('copy').deepcopy", mode="eval").body, [copy.deepcopy(node)], [])


def _uncopied(node: ast.Call) -> Expressions:
    if _name_of(node) == "copy":
        yield from _unwrapped("copy")(node)


_GROW = ("append", "extend", "insert", "add", "update", "setdefault", "appendleft")


def _grown(tree: ast.Module) -> set[str]:
    """Variables that something is put into: lists that grow, arrays that are filled."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _GROW:
            found.add(getattr(node.func.value, "id", ""))
        elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
            found.add(getattr(node.value, "id", ""))
        elif isinstance(node, ast.AugAssign):
            found.add(getattr(node.target, "id", ""))
    return found


def _put_somewhere(tree: ast.Module) -> set[int]:
    """The names that are handed to such a method, or get another name: the ids of their nodes."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _GROW:
            found += node.args
        elif isinstance(node, (ast.Assign, ast.AugAssign, ast.NamedExpr)):
            found.append(node.value)
        elif isinstance(node, (ast.List, ast.Tuple, ast.Set)):
            found += node.elts
    return {id(node) for node in found}


def _other_variable(tree: ast.Module) -> Edits:
    """One use of a variable of the function replaced by another of its variables, of the same kind.

    What grows is never put into anything, which might be itself.
    """
    (function,) = tree.body
    known = [arg.arg for arg in function.args.args]  # type: ignore[attr-defined]
    known += [n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
    grown, put = _grown(tree), _put_somewhere(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in known:
            for other in dict.fromkeys(known):
                if other != node.id and not (other in grown and id(node) in put):
                    names: list[ast.expr] = [ast.Name(other, ast.Load()), ast.Name(node.id, ast.Load())]
                    yield node.lineno, replaced(tree, node, ast.Call(ast.Name(_ALIKE, ast.Load()), names, []))


_ALIKE = "__alike__"


def _alike(new: Any, old: Any) -> Any:
    """A variable in the place of another, which nobody mistakes for it if one is a number and one a list."""
    if isinstance(new, Number | np.bool_) != isinstance(old, Number | np.bool_):
        raise TypeError("a number and something else")
    return new


# ------------------------------------------------------------------------------ the list

_LOAD = (ast.Name, ast.Attribute, ast.Subscript)
_NEAR = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}
_FAR = {ast.Lt: ast.Gt, ast.Gt: ast.Lt, ast.LtE: ast.GtE, ast.GtE: ast.LtE}
_EQUAL = {ast.Is: ast.Eq, ast.IsNot: ast.NotEq}
_ZERO = ast.Constant(0)


def _both(name: str, message: str, rule: Callable[[ast.Module], Edits]) -> Slip:
    """A slip that is taken back as it is made."""
    return Slip(name, message, rule, rule)


def _if(value: Any, *pairs: Any) -> Iterator[Any]:
    return iter(pairs if value is not None else ())


SLIPS = (
    Slip(
        "^ is not a power",
        "In Python `^` compares bits. A power is written `**`.",
        _powers,
        _operator(ast.Pow, ast.BitXor),
    ),
    Slip(
        "whole division",
        "`//` cuts the quotient off to a whole number. A fraction is written `/`.",
        _operator(ast.FloorDiv, ast.Div),
        _operator(ast.Div, ast.FloorDiv),
    ),
    Slip(
        "is for ==",
        "`is` asks whether both sides are one and the same object in memory. Whether they are equal is asked "
        "with `==`.",
        _identities,
        _never,
    ),
    Slip(
        "return inside the loop",
        "`return` ends the function, so the loop has a single turn. It belongs behind the loop.",
        _return_out_of_loop,
        _return_into_loop,
    ),
    Slip(
        "overwritten instead of added up",
        "Each turn of the loop overwrites what the one before has found: `=` where `+=` is meant.",
        _plain_to_augmented,
        _augmented_to_plain,
    ),
    Slip(
        "set anew in every turn",
        "A variable is set to its start again in every turn of the loop. It should start once, before it.",
        _start_before_loop,
        _starts_in_loop,
    ),
    Slip(
        "not set anew",
        "A variable goes on from where the turn of the loop before has left it. Set it to its start in every "
        "turn.",
        _starts_in_loop,
        _never,
    ),
    Slip(
        "two names for one array",
        "Your new variable is the old array under a second name, so that a change of one changes both. "
        "Make a copy.",
        _aliased,
        _each(ast.Call, _uncopied),
    ),
    Slip(
        "the sum changes in the loop",
        "A sum or a largest entry is taken anew in every turn, of an array that the loop is changing. Take "
        "it once, before the loop.",
        _sum_before_loop,
        _never,
    ),
    Slip(
        "first element left out",
        "The first element is left out. Its index in Python is 0.",
        _together(_ranges(_from_zero), _slices((1, None), (None, None))),
        _ranges(lambda a, b: iter([(ast.Constant(1), b)] if _is(a, 0) else [])),
    ),
    Slip(
        "last element left out",
        "The last element is left out. A `range` and a slice end before their last number.",
        _together(_ranges(_to_the_end), _slices((None, -1), (None, None))),
        _ranges(_one_before_the_end),
    ),
    Slip(
        "one turn too few",
        "The loop takes one turn too few. A `range` ends before its last number, and without a first one it "
        "starts at 0.",
        _together(_ranges(_from_zero, counting=True), _ranges(_to_the_end, counting=True)),
        _ranges(_one_before_the_end, counting=True),
    ),
    Slip(
        "counted from 1",
        "Your loop counts from 1, but indices in Python start at 0.",
        _ranges(lambda a, b: iter([(_ZERO, _more_one(b))] if _is(a, 1) and _more_one(b) else [])),
        _ranges(lambda a, b: iter([(ast.Constant(1), _plus(b, 1))] if _is(a, 0) else [])),
    ),
    _both(
        "index shifted by one",
        "An index is off by one: the neighbour is looked up.",
        _each(ast.Subscript, _shifted),
    ),
    _both("cases exchanged", "The two cases are exchanged.", _each((ast.IfExp, ast.Call), _swapped_cases)),
    _both(
        "any and all exchanged",
        "One of them is enough, or must it be all? `any` and `all`, or `or` and `and`, are exchanged.",
        _together(
            _renamed({"any": "all", "all": "any"}),
            _each(
                ast.BoolOp,
                lambda n: iter([ast.BoolOp(ast.Or() if isinstance(n.op, ast.And) else ast.And(), n.values)]),
            ),
        ),
    ),
    _both(
        "border case",
        "A comparison goes wrong where both sides are equal: `<` or `<=`, `>` or `>=`?",
        _comparison(_NEAR),
    ),
    _both(
        "comparison the wrong way round", "A comparison looks the wrong way: `<` or `>`?", _comparison(_FAR)
    ),
    _both(
        "equal and unequal exchanged",
        "A condition is the opposite of what it should be: `==` or `!=`?",
        _comparison({ast.Eq: ast.NotEq, ast.NotEq: ast.Eq}),
    ),
    Slip(
        "keepdims forgotten",
        "A sum or a maximum along an axis loses that axis, and then stands against the wrong one. "
        "`keepdims=True` keeps it.",
        _together(_each(ast.Call, _keepdims), _throughout(_keepdims)),
        _each(ast.Call, _no_keepdims),
    ),
    _both("the other axis", "A sum or a maximum runs along the wrong axis.", _each(ast.Call, _other_axis)),
    Slip(
        "the other axis, and keepdims",
        "A sum or a maximum runs along the wrong axis. Along the right one it loses that axis, and would "
        "stand against the wrong one: `keepdims=True` keeps it.",
        _together(_each(ast.Call, _other_axis_kept), _throughout(_other_axis_kept)),
        _never,
    ),
    Slip(
        "axis forgotten",
        "A sum or a maximum runs over the whole array. Along which axis should it run?",
        _each(ast.Call, _with_axis),
        _each(ast.Call, _no_axis),
    ),
    Slip(
        "rows and columns exchanged",
        "Rows and columns are exchanged, or their numbers: a matrix is read across instead of down, or the "
        "other way.",
        _together(_each(ast.Subscript, _turned), _transpositions, _transposed_throughout),
        _together(_each(ast.Subscript, _turned), _each(_LOAD, _transposed)),
    ),
    Slip(
        "cut off to whole numbers",
        "A number is cut off to a whole one, by `int` or by an array of whole numbers.",
        _together(
            _each(ast.Call, _to_whole),
            _each(ast.Call, _unwrapped("floor", "trunc", "fix")),
            _throughout(_to_whole),
        ),
        _together(_each(ast.Call, _whole_buffer), _at_return(_np("trunc"))),
    ),
    Slip(
        "an array of small whole numbers",
        "An array of `int8` or the like holds small whole numbers only: fractions are cut off, and what is "
        "too large comes out as another number. Leave the type away.",
        _each(ast.Call, _to_wide),
        _never,
    ),
    Slip(
        "an array of whole numbers",
        "Your array is made like one of whole numbers, so that it takes no others: what is written into it "
        "is cut off.",
        _together(_each(ast.Call, _float_buffer), _throughout(_float_buffer)),
        _never,
    ),
    Slip(
        "rounded",
        "You round. The exact number is asked for.",
        _each(ast.Call, _unwrapped("round", "around", "rint")),
        _at_return(_np("round")),
    ),
    Slip(
        "absolute value",
        "You take an absolute value where the sign counts.",
        _each(ast.Call, _unwrapped("abs", "absolute", "fabs")),
        _at_return(_np("abs")),
    ),
    Slip(
        "clipped",
        "You cut numbers off at a limit where they should stay as they are.",
        _each(ast.Call, _unclipped),
        _at_return(_np("maximum", 0)),
    ),
    Slip(
        "nan_to_num",
        "`nan_to_num` hides that something like 0/0 happened; it does not make the result right.",
        _each(ast.Call, _unwrapped("nan_to_num")),
        _never,
    ),
    _both(
        "* and @ exchanged",
        "`*` multiplies entry by entry, `@` adds the products up. The other one is meant.",
        _together(_operator(ast.Mult, ast.MatMult), _operator(ast.MatMult, ast.Mult)),
    ),
    _both(
        "average and sum exchanged",
        "An average stands for a sum, or a sum for an average.",
        _renamed({"mean": "sum", "average": "sum", "sum": "mean"}),
    ),
    _both(
        "largest and smallest exchanged",
        "The largest is taken for the smallest, or the other way round.",
        _renamed({"min": "max", "max": "min", "argmin": "argmax", "argmax": "argmin"}),
    ),
    Slip(
        "another logarithm",
        "The natural logarithm is meant, `np.log`.",
        _renamed({"log10": "log", "log2": "log"}),
        _renamed({"log": "log10"}),
    ),
    Slip(
        "plus and minus exchanged",
        "A sign is wrong: a plus for a minus, or a minus for a plus.",
        _together(_operator(ast.Add, ast.Sub), _operator(ast.Sub, ast.Add), _each(ast.UnaryOp, _no_minus)),
        _together(_operator(ast.Add, ast.Sub), _operator(ast.Sub, ast.Add), _each(ast.UnaryOp, _no_minus)),
    ),
    Slip(
        "minus before a power",
        "`-x ** n` is minus the power of x. The power of minus x needs brackets.",
        _each(ast.UnaryOp, _power_of_minus),
        _never,
    ),
    Slip(
        "brackets forgotten",
        "Brackets are missing: `*` and `/` come before `+` and `-`, and among themselves from the left.",
        _each(ast.BinOp, _brackets),
        _never,
    ),
    Slip("factor one half", "A factor one half too much.", _half, _half),
    Slip(
        "indented too far",
        "The last line of a loop runs in every turn. It should run once, when the loop is over.",
        _last_line_out_of_loop,
        _never,
    ),
    Slip(
        "not indented",
        "The line after a loop runs once, when the loop is over. It should run in every turn.",
        _next_line_into_loop,
        _last_line_out_of_loop,
    ),
    Slip("break too early", "A `break` ends the loop too early.", _without(ast.Break), _never),
    _both(
        "off by one",
        "A number is one too large or one too small.",
        _together(_each(ast.BinOp, _dropped_one), _next_numbers),
    ),
    Slip("a minus lost", "A minus is missing.", _each(ast.BinOp, _minus), _never),
    Slip(
        "another variable",
        "With another variable in one place, your function would be right.",
        _other_variable,
        _never,
    ),
)

OF_LOOPS = (
    "the sum changes in the loop",
    "return inside the loop",
    "overwritten instead of added up",
    "set anew in every turn",
    "not set anew",
    "counted from 1",
    "one turn too few",
    "indented too far",
    "not indented",
    "break too early",
)
OF_PLACES = (  # that name a place in the source: far-fetched where there is none of that sort
    "^ is not a power",
    "is for ==",
    "whole division",
    "another logarithm",
    "return inside the loop",
    "overwritten instead of added up",
    "one turn too few",
    "border case",
    "comparison the wrong way round",
    "equal and unequal exchanged",
    "any and all exchanged",
    "cases exchanged",
    "index shifted by one",
    "brackets forgotten",
    "off by one",
)
VAGUE = (  # that may make an answer right by chance, though its author has not slipped like this
    "border case",
    "comparison the wrong way round",
    "any and all exchanged",
    "cases exchanged",
    "index shifted by one",
    "indented too far",
    "not indented",
    "break too early",
    "off by one",
    "another variable",
)
SURE = tuple(
    slip for slip in SLIPS if slip.name in ("^ is not a power", "is for ==", "return inside the loop")
)


# ------------------------------------------------------------------------------ undoing in a learner's source


def source_of(function: Callable[..., Any]) -> ast.Module | None:
    """The tree of a function that was written with `def`, its lines numbered as in its file or cell."""
    try:
        function = inspect.unwrap(function)
        text = textwrap.dedent(inspect.getsource(function))
        tree = ast.parse(text)
        (definition,) = tree.body
    except Exception:  # no source, or none that stands alone
        return None
    if not isinstance(definition, ast.FunctionDef):
        return None
    definition.decorator_list = []
    tree.text = text  # type: ignore[attr-defined]
    ast.increment_lineno(tree, function.__code__.co_firstlineno - 1)
    return tree


def compiled(tree: ast.Module, function: Callable[..., Any]) -> Callable[..., Any] | None:
    """A changed source as a function, in the surroundings of the original."""
    (definition,) = tree.body
    space = {**getattr(function, "__globals__", {}), _ALIKE: _alike}
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
        try:
            space[name] = cell.cell_contents
        except ValueError:  # not bound yet
            continue
    try:
        exec(compile(tree, function.__code__.co_filename, "exec"), space)
    except Exception:
        return None
    return space[definition.name]  # type: ignore[attr-defined]


def undone(
    function: Callable[..., Any], is_right: Callable[[Callable[..., Any], bool], bool], sure: bool = False
) -> tuple[Slip, str] | None:
    """The slip whose undoing makes a wrong function right, and the line in which it is.

    ``is_right(changed, longer)`` judges a changed copy, which may need many more steps if `longer` is true.

    A vague one is only named if no other small change, in another line, makes the function right as well.
    With `sure` only those are looked for that nobody writes on purpose.
    """
    tree = source_of(function)
    if tree is None:
        return None
    function = inspect.unwrap(function)
    if tree.body[0].name in _read(tree):  # type: ignore[attr-defined]  # it calls itself, or what has its name now
        unchanged = compiled(tree, function)
        if unchanged is None or is_right(unchanged, False):
            return None
    changes = ((slip, *edit) for slip in (SURE if sure else SLIPS) for edit in slip.undo(tree))
    found: tuple[Slip, int, ast.Module] | None = None
    for slip, number, changed in changes:
        if found and slip is not found[0] and found[1] == number:
            continue  # the same line, read in another way
        other = compiled(changed, function)
        if other is not None and is_right(other, slip.name == "return inside the loop"):
            if found and _elsewhere((slip, number, changed), found):
                return None  # either may be meant, or neither
            found = found or (slip, number, changed)
            if slip.name not in VAGUE:
                break
    if found is None:
        return None
    return found[0], linecache.getline(function.__code__.co_filename, found[1]).strip()


def _elsewhere(second: tuple[Slip, int, ast.Module], first: tuple[Slip, int, ast.Module]) -> bool:
    """Whether a second change that makes an answer right is quite another one than the first."""
    if second[0] is not first[0]:
        return second[1] != first[1]
    return first[0].name == "another variable" and second[2].place != first[2].place  # type: ignore[attr-defined]


# ------------------------------------------------------------------------------ making in a right source


@functools.cache
def _made(answer: Callable[..., Any]) -> tuple[tuple[Slip, Callable[..., Any]], ...]:
    tree = source_of(answer)
    if tree is None:
        return ()
    found = ((slip, compiled(new, answer)) for slip in SLIPS for _, new in slip.make(tree))
    return tuple((slip, other) for slip, other in found if other is not None)


def made(
    answers: Sequence[Callable[..., Any]], wrong: Callable[..., Any] | None = None
) -> Iterator[tuple[Slip, Callable[..., Any]]]:
    """Right answers with one slip each; only such as the wrong function may have, if its source is known."""
    tree = None if wrong is None else source_of(wrong)
    loops = tree is None or any(isinstance(node, (ast.For, ast.While)) for node in ast.walk(tree))
    possible = {
        slip.name
        for slip in SLIPS
        if tree is None or ((loops or slip.name not in OF_LOOPS) and _shows(tree, slip))
    }
    for answer in answers:
        for slip, other in _made(answer):
            if slip.name in possible:
                yield slip, other


def _starts(loop: Any) -> bool:
    """Whether a variable is set in a loop, to what the loop does not change, and collects something there."""
    nodes, changed = list(ast.walk(loop)), _stored(loop)
    growing = _grown(loop) | {
        getattr(n.targets[0], "id", "")
        for n in nodes
        if isinstance(n, ast.Assign) and _read(n.value) & {getattr(n.targets[0], "id", "")}
    }
    return any(
        isinstance(n, ast.Assign)
        and not _read(n.value) & changed
        and growing & {getattr(t, "id", None) for t in n.targets}
        for n in nodes
    )


def _read(tree: ast.AST) -> set[str]:
    """The variables that are read there."""
    return {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}


def _from_one(tree: ast.Module) -> bool:
    """Whether something counts from 1: a `range` or the like with a 1 among its arguments, or `k = 1`."""
    counted = [n.value for n in ast.walk(tree) if isinstance(n, ast.Assign)]
    for node in ast.walk(tree):
        if _name_of(node) in ("range", "arange", "enumerate", "count") and isinstance(node, ast.Call):
            counted += [*node.args, *(k.value for k in node.keywords)]
    return any(_is(node, 1) for node in counted)


_MADE_OF: dict[str, Callable[[ast.Module], bool]] = {  # what the messages of these slips speak of
    "set anew in every turn": lambda tree: any(map(_starts, _loops(tree))),
    "counted from 1": _from_one,
    "first element left out": lambda tree: (
        _from_one(tree)
        or any(
            isinstance(node, ast.Slice) and node.lower is not None and _is(node.lower, 1)
            for node in ast.walk(tree)
        )
    ),
}


def _shows(tree: ast.Module, slip: Slip) -> bool:
    """Whether a source has what this slip is made of: without `<` or `>`, no comparison is turned round.

    A vague one is not enough there: if it were the mistake, undoing it would have made the source right.
    """
    if slip.name in VAGUE and slip.name != "off by one":
        return False
    if slip.name in _MADE_OF and not _MADE_OF[slip.name](tree):
        return False
    return slip.name not in OF_PLACES or next(slip.undo(tree), None) is not None


# ------------------------------------------------------------------------------ seen in the results


@dataclass(frozen=True)
class Blur:
    """A way to spoil a right result: its name, what is said of it, and the spoiling.

    `whole` marks what is done to a list as a whole, and not to each number.
    """

    name: str
    message: str
    spoil: Callable[[np.ndarray], Any]
    whole: bool = False


def _flat(change: Callable[[np.ndarray], Any]) -> Callable[[np.ndarray], Any]:
    """Only for results of one dimension with two or more entries."""

    def spoil(x: np.ndarray) -> Any:
        if x.ndim != 1 or x.size < 2:
            raise ValueError("no list")
        return change(x)

    return spoil


BLURS = (
    Blur("rounded", "Your results are the right ones, rounded to whole numbers.", np.round),
    *[
        Blur(
            "rounded",
            f"Your results are the right ones, rounded to {k} decimals. Return them as they are.",
            functools.partial(np.round, decimals=k),
        )
        for k in (1, 2, 3, 4)
    ],
    Blur(
        "cut off to whole numbers",
        "Your results are the right ones, cut off to whole numbers, as `int`, `//` or an array of whole "
        "numbers does it.",
        np.trunc,
    ),
    Blur("cut off to whole numbers", "Your results are the right ones, rounded down, as by `//`.", np.floor),
    Blur(
        "clipped",
        "Your results are right where they are positive; negative ones have become 0.",
        lambda x: np.maximum(x, 0),
    ),
    Blur(
        "clipped",
        "Your results are right where they are negative; others have become 0.",
        lambda x: np.minimum(x, 0),
    ),
    Blur("absolute value", "Your results are right except that their sign is lost.", np.abs),
    Blur(
        "first element only",
        "You return the first entry of the result alone. Is there a `return` inside a loop?",
        _flat(lambda x: x[0]),
        True,
    ),
    Blur(
        "last element only",
        "You return the last entry of the result alone. Does each turn of a loop overwrite the one before?",
        _flat(lambda x: x[-1]),
        True,
    ),
    Blur("first element left out", "The first entry of the result is missing.", _flat(lambda x: x[1:]), True),
    Blur("last element left out", "The last entry of the result is missing.", _flat(lambda x: x[:-1]), True),
    Blur(
        "reversed", "Your result holds the right entries in reversed order.", _flat(lambda x: x[::-1]), True
    ),
    Blur(
        "mean subtracted",
        "Your results are the right ones minus their mean.",
        _flat(lambda x: x - x.mean()),
        True,
    ),
    Blur(
        "minimum subtracted",
        "Your results are the right ones minus the smallest.",
        _flat(lambda x: x - x.min()),
        True,
    ),
    Blur(
        "maximum subtracted",
        "Your results are the right ones minus the largest.",
        _flat(lambda x: x - x.max()),
        True,
    ),
    Blur("rows and columns exchanged", "Rows and columns of your result are exchanged.", np.transpose, True),
    Blur("squared", "Your results are the squares of the right ones.", np.square),
    Blur("nan_to_num", "Your result hides what is infinite or NaN behind a number.", np.nan_to_num),
)


def blurred(seen: list[Any], wanted: list[Any]) -> Blur | None:
    """What happened to the results: one blur for all of them, a factor, a summand, or no change at all."""
    several = [_joined(value) for value in wanted]
    if all(value is not None for value in several):
        mine = [_joined(tuple(value) if isinstance(value, list) else value) for value in seen]
        shapes = [np.shape(value) for value in several]
        if [np.shape(value) for value in mine] != shapes or any(value is None for value in mine):
            return None
        return _spoilt_as(mine, several, [blur for blur in BLURS if not blur.whole])
    aims = [None if isinstance(value, Listing) else numbers(value) for value in wanted]
    if any(aim is None for aim in aims) or _truth_values(wanted):
        return _always_the_same(seen, wanted)
    return _always_the_same(seen, wanted) or _spoilt_as(seen, aims, BLURS)


def _spoilt_as(seen: list[Any], aims: list[Any], blurs: Sequence[Blur]) -> Blur | None:
    for blur in blurs:
        if all(_spoilt(blur, value, aim) for value, aim in zip(seen, aims, strict=True)):
            return blur
    return _factor(seen, aims) or _summand(seen, aims)


def _joined(value: Any) -> np.ndarray | None:
    """The numbers of several results, arrays among them, in one row; None of anything else."""
    if not isinstance(value, tuple) or not value:
        return None
    parts = [numbers(part) for part in value]
    if any(part is None for part in parts) or not any(np.ndim(part) for part in parts):
        return None
    return np.concatenate([np.ravel(part) for part in parts])  # type: ignore[arg-type]


def _truth_values(wanted: list[Any]) -> bool:
    return all(isinstance(value, (bool, np.bool_)) for value in wanted)


def _spoilt(blur: Blur, value: Any, aim: Any) -> bool:
    try:
        with np.errstate(all="ignore"):
            return same(value, blur.spoil(aim), 1e-6)
    except Exception:
        return False


def _always_the_same(seen: list[Any], wanted: list[Any]) -> Blur | None:
    if len(seen) < 3 or any(numbers(value) is None for value in seen):
        return None
    if any(not same(value, seen[0]) for value in seen) or all(same(value, wanted[0]) for value in wanted):
        return None
    if not np.isfinite(numbers(seen[0])).all():  # type: ignore[arg-type]
        return None
    text = (
        f"Your function returns {show(seen[0], 60)} on every input that was tried. The right results differ "
    )
    return Blur("always the same", text + "from input to input.", np.copy)


def _factor(seen: list[Any], aims: list[Any]) -> Blur | None:
    """One factor between all results and the right ones."""
    values = [numbers(value) for value in seen]
    if any(v is None or v.shape != aim.shape for v, aim in zip(values, aims, strict=True)):
        return None
    x, y = (np.concatenate([np.ravel(a) for a in arrays]) for arrays in (aims, values))
    if not np.isfinite(x).all() or not np.isfinite(y).all() or not np.abs(x).max(initial=0):
        return None
    factor = float(y[np.argmax(np.abs(x))] / np.abs(x).max()) * float(np.sign(x[np.argmax(np.abs(x))]))
    if (
        (np.unique(np.round(x, 9)).size < 3)
        or abs(factor) < 1e-3
        or not np.allclose(y, factor * x, 1e-7, 1e-9)
    ):
        return None
    text = f"Your results are {show(factor, digits=4)} times the right ones, on every input. Which factor is "
    return Blur("a constant factor", text + "forgotten, or too much?", np.copy)


def _summand(seen: list[Any], aims: list[Any]) -> Blur | None:
    """One difference between all results and the right ones."""
    values = [numbers(value) for value in seen]
    if any(v is None or v.shape != aim.shape for v, aim in zip(values, aims, strict=True)):
        return None
    x, y = (np.concatenate([np.ravel(a) for a in arrays]) for arrays in (aims, values))
    if (
        x.size < 3
        or not np.isfinite(x).all()
        or not np.isfinite(y).all()
        or np.unique(np.round(x, 9)).size < 3
    ):
        return None
    if not np.allclose(y - x, y[0] - x[0], 1e-7, 1e-9):
        return None
    off = float(y[0] - x[0])
    side = "large" if off > 0 else "small"
    text = f"Your results are all too {side} by the same number, {show(abs(off), digits=4)}."
    return Blur("a constant summand", text, np.copy)
