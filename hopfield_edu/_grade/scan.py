"""Signs of tampering in a submission's code, for a human to look at; no sign decides a mark."""

import ast
from collections.abc import Iterable, Iterator

_MODULES = {
    "builtins": "the built-in functions",
    "ctypes": "the memory of the process",
    "gc": "all objects of the process",
    "importlib": "how modules are imported",
    "inspect": "the code of other functions",
    "os": "the system",
    "pathlib": "files",
    "requests": "the network",
    "shutil": "files",
    "socket": "the network",
    "subprocess": "other programs",
    "sys": "the interpreter",
    "unittest": "other people's functions",
    "urllib": "the network",
}
_CALLS = {"setattr", "delattr", "exec", "eval", "compile", "__import__", "open", "globals", "vars"}
_CHECKS = {"solution", "CHECKS"}  # where the solutions are


def scan(sources: Iterable[tuple[int, str]]) -> list[str]:
    """What in numbered cells looks like tampering: a sentence each, with cell and line."""
    trees = {number: tree for number, source in sources if (tree := _parsed(source))}
    modules = {"feedback"}
    for tree in trees.values():
        for node in ast.walk(tree):
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                modules |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
    found = []
    for number, tree in trees.items():
        signs = {sign for node in ast.walk(tree) for sign in _signs(node, modules)}
        found += [f"cell {number}, line {line}: {what}" for line, what in sorted(signs)]
    return found


def _parsed(source: str) -> ast.Module | None:
    """A cell's statements, its lines for IPython alone left out; None when it is no Python."""
    lines = ["pass" if line.startswith(("%", "!")) else line for line in source.split("\n")]
    try:
        return ast.parse("\n".join(lines))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _signs(node: ast.AST, modules: set[str]) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Attribute):
        yield from _attribute(node, modules)
    elif isinstance(node, ast.Name) and node.id == "feedback" and not isinstance(node.ctx, ast.Load):
        yield node.lineno, "gives the name `feedback` to something else"
    elif isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name == "feedback":
        yield node.lineno, "gives the name `feedback` to something else"
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _CALLS:
        yield node.lineno, f"calls `{node.func.id}`"
    elif isinstance(node, (ast.Import, ast.ImportFrom)):
        yield from _imported(node)


def _attribute(node: ast.Attribute, modules: set[str]) -> Iterator[tuple[int, str]]:
    root = node
    while isinstance(root, (ast.Attribute, ast.Subscript, ast.Call)):
        root = root.func if isinstance(root, ast.Call) else root.value
    name, text = getattr(root, "id", ""), f"`{ast.unparse(node)[:60]}`"
    if name in modules and not isinstance(node.ctx, ast.Load):
        yield node.lineno, f"sets {text}"
    elif node.attr in _CHECKS or (node.attr.startswith("_") and name not in ("self", "cls")):
        yield node.lineno, f"uses {text}"
    elif node.attr in ("environ", "putenv", "modules") and name in modules:
        yield node.lineno, f"reaches for {text}"


def _imported(node: ast.Import | ast.ImportFrom) -> Iterator[tuple[int, str]]:
    names = [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        names = [f"{node.module or ''}.{name}" for name in names]
    for name in names:
        top, *inner = name.split(".")
        if top in _MODULES:
            yield node.lineno, f"imports {top}, which reaches {_MODULES[top]}"
        elif name.startswith("hopfield_edu.feedback."):
            yield node.lineno, f"imports {name}, a part of the checks"
        elif top == "hopfield_edu" and any(part.startswith("_") for part in inner):
            yield node.lineno, f"imports {name}, a private part of the library"
