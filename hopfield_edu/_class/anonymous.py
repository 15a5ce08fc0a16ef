"""Code without what tells who wrote it: no comments, no texts, no names but those of the course."""

from __future__ import annotations

import ast
import builtins
import io
import keyword
import re
import tokenize
from collections.abc import Iterable

import numpy as np

#: Words that programmers everywhere use.
USUAL = frozenset(
    """
    a acc after all_ alpha ans answer answers arr array aux b before bits c change changed cnt code
    codes coeff col cols column columns copy cost count counter counts cur current d data delta diff dim
    e elem element end energy entry err error expected f factor field fields final first flag flips
    found g h helper i idx idxs index indices init input inputs item items j k key keys l last left len_
    length lengths level line list_ lower m mask mat matrix max_ mean min_ n name names new next_ neg
    norm num number numbers o old one order other out output p pair pairs part parts pos position prev
    prob probs prod product q r random rate ratio res rest result results ret right row rows s score
    scores seen sign size sorted_ start state states step steps sum_ sums t tail target temp term terms
    test times tmp total totals two u unit units upper v val vals value values vec vector w weight
    weights x xs y ys z zeros
    """.split()
)


class Vocabulary:
    """The words that may be shown: Python's, NumPy's, those of the course, and words that everybody uses."""

    def __init__(self, sources: Iterable[str]) -> None:
        self.words = {*USUAL, *dir(builtins), *keyword.kwlist, "np"}
        for numpy in (np, np.ndarray, np.linalg, np.random, np.random.Generator):
            self.words |= set(dir(numpy))
        self.texts: set[str] = set()
        for source in sources:
            for kind, word in tokens(source):
                if kind == tokenize.NAME:
                    self.words.add(word)
                if kind == tokenize.STRING:
                    self.texts.add(_value(word))

    def __contains__(self, word: str) -> bool:
        return word in self.words or len(word) == 1


def tokens(source: str) -> list[tuple[int, str]]:
    """Kind and text of the tokens of a source, as far as they can be read; layout does not count."""
    found: list[tuple[int, str]] = []
    layout = (tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER)
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type not in layout:
                found.append((token.type, token.string))
    except (tokenize.TokenError, SyntaxError, ValueError, RecursionError):
        pass
    return found


def _value(literal: str) -> str:
    try:
        return str(ast.literal_eval(literal))
    except (ValueError, SyntaxError):
        return literal


def anonymous(source: str, vocabulary: Vocabulary) -> str:
    """The code of an answer that can be shown to a class; empty where it cannot be read.

    Comments and docstrings go. A text that is none of the course's becomes "…", and a name that is none of
    the course's becomes ``name1``, ``name2`` ...

    Examples
    --------
    >>> course = Vocabulary(["def energy(weights, state): pass"])
    >>> print(anonymous("def energy(weights, state):  # by Ada\\n    adas = 'me'\\n    return adas", course))
    def energy(weights, state):
        name1 = '…'
        return name1
    """
    try:
        tree = ast.parse(re.sub(r"^[%!].*$", "", source, flags=re.MULTILINE))
        tree = _Plain(vocabulary).visit(tree)
        return ast.unparse(ast.fix_missing_locations(tree))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""


class _Plain(ast.NodeTransformer):
    """Renames what is nobody's but the student's, and takes out what is said in words."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.renamed: dict[str, str] = {}

    def _name(self, name: str) -> str:
        if all(part in self.vocabulary for part in name.strip("_").split(".")):
            return name
        return self.renamed.setdefault(name, f"name{len(self.renamed) + 1}")

    def visit(self, node: ast.AST) -> ast.AST:
        for field in ("id", "arg", "attr", "name", "asname", "module"):
            word = getattr(node, field, None)
            if isinstance(word, str):
                setattr(node, field, self._name(word))
        for field in ("names", "kwd_attrs"):
            words = getattr(node, field, None)
            if isinstance(words, list) and all(isinstance(word, str) for word in words):
                setattr(node, field, [self._name(word) for word in words])
        if isinstance(getattr(node, "body", None), list):
            node.body = [step for step in node.body if not _is_text(step)] or [ast.Pass()]
        return super().visit(node)

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if isinstance(node.value, (str, bytes)) and node.value not in self.vocabulary.texts:
            return ast.Constant(node.value if _is_label(node.value) else "…")
        return node


def _is_label(text: str | bytes) -> bool:
    """Whether a text is a state such as "+-", or a number or fraction: an entry of a table."""
    return isinstance(text, str) and re.fullmatch(r"[-+?./0-9 ]{0,16}", text) is not None


def _is_text(step: ast.AST) -> bool:
    """Whether a statement is only a text: a docstring, or a comment in another shape."""
    return (
        isinstance(step, ast.Expr)
        and isinstance(step.value, ast.Constant)
        and isinstance(step.value.value, (str, bytes))
    )
