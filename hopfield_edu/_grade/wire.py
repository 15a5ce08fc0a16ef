"""Messages between the judge and the process that runs a submission.

Frames of a length and a pickle. What comes back from a submission is not to be trusted: it is made
of plain numbers, texts, lists and dictionaries only, and read by an unpickler that knows no class.
"""

import io
import pickle
import struct
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, BinaryIO

import numpy as np

LIMIT = 8 * 2**20  # bytes of a message; the largest answer that a check can use is far smaller
DEPTH = 20  # lists within lists; what holds itself comes to an end, too


class Strict(pickle.Unpickler):
    """Reads numbers, texts, lists, tuples and dictionaries; there is no class that it would load."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"{module}.{name} is not plain data")


def send(stream: BinaryIO, message: Any) -> None:
    """Write one message."""
    body = pickle.dumps(message, protocol=4)
    stream.write(struct.pack(">Q", len(body)) + body)
    stream.flush()


def receive(stream: BinaryIO, trusted: bool = False) -> Any:
    """Read one message; EOFError at the end, ValueError when it is too long or not plain."""
    head = stream.read(8)
    if len(head) < 8:
        raise EOFError
    (length,) = struct.unpack(">Q", head)
    if length > LIMIT and not trusted:
        raise ValueError("too long")
    body = stream.read(length)
    if len(body) < length:
        raise EOFError
    if trusted:
        return pickle.loads(body)
    try:
        return Strict(io.BytesIO(body)).load()
    except Exception as error:  # a forged message may fail in any way
        raise ValueError(f"not plain: {type(error).__name__}") from None


def encode(value: Any, depth: int = 0) -> Any:
    """A value as plain data with a tag, for :func:`decode`; what is not plain keeps only its name."""
    if depth > DEPTH:
        return ("opaque", "list", False, False)
    if value is None or value is ... or value is NotImplemented:
        return ("constant", str(value))
    for kind in (bool, int, float, str, bytes):  # subclasses lose their class
        if isinstance(value, kind) and not isinstance(value, np.generic):
            return ("plain", kind(value))
    if isinstance(value, np.ndarray | np.generic):
        return _encode_array(value, depth)
    if isinstance(value, Mapping):
        pairs = [(encode(k, depth + 1), encode(v, depth + 1)) for k, v in value.items()]
        return ("dict", pairs)
    for name, kind in _COLLECTIONS.items():
        if isinstance(value, kind):
            return (name, [encode(entry, depth + 1) for entry in value])
    if isinstance(value, complex):
        return ("complex", (value.real, value.imag))
    if isinstance(value, Fraction):
        return ("fraction", (value.numerator, value.denominator))
    if isinstance(value, Decimal):
        return ("decimal", str(value))
    name = value.__name__ if isinstance(value, type) else type(value).__name__
    return ("opaque", name, callable(value), isinstance(value, type))


_COLLECTIONS = {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset, "range": range}


def _encode_array(value: np.ndarray | np.generic, depth: int) -> Any:
    array = np.asarray(value)
    scalar = isinstance(value, np.generic)
    if array.dtype.kind in "biufcU":
        return ("array", array.dtype.str, array.shape, array.tobytes(), scalar)
    if array.dtype.kind == "O":
        return ("objects", array.shape, [encode(entry, depth + 1) for entry in array.ravel()])
    return ("opaque", type(value).__name__, False, False)


def decode(message: Any) -> Any:
    """The value that :func:`encode` was given; ValueError when the message is none of its kind."""
    try:
        tag, *rest = message
        return _DECODERS[tag](*rest)
    except ValueError:
        raise
    except Exception as error:
        raise ValueError(f"not a value: {type(error).__name__}") from None


def _array(dtype: str, shape: tuple[int, ...], data: bytes, scalar: bool) -> Any:
    if np.dtype(dtype).kind not in "biufcU":
        raise ValueError("not numbers")
    array = np.frombuffer(data, dtype).reshape(shape).copy()
    return array[()] if scalar else array


def _objects(shape: tuple[int, ...], entries: list[Any]) -> np.ndarray:
    array = np.empty(len(entries), dtype=object)
    for k, entry in enumerate(entries):
        array[k] = decode(entry)
    return array.reshape(shape)


def _opaque(name: str, function: bool, is_class: bool) -> Any:
    """Stands for an object that stays with the submission: a check reads its kind and no more."""
    methods = {"__call__": lambda self, *args: None} if function else {}
    made = type(str(name)[:50], (), methods)
    return made if is_class else made()


_DECODERS: dict[str, Any] = {
    "constant": lambda name: {"None": None, "Ellipsis": ..., "NotImplemented": NotImplemented}[name],
    "plain": lambda value: value,
    "dict": lambda pairs: {decode(key): decode(value) for key, value in pairs},
    "list": lambda entries: [decode(entry) for entry in entries],
    "tuple": lambda entries: tuple(decode(entry) for entry in entries),
    "set": lambda entries: {decode(entry) for entry in entries},
    "frozenset": lambda entries: frozenset(decode(entry) for entry in entries),
    "range": lambda entries: [decode(entry) for entry in entries],
    "complex": lambda parts: complex(*parts),
    "fraction": lambda parts: Fraction(*parts),
    "decimal": lambda text: Decimal(text),
    "array": _array,
    "objects": _objects,
    "opaque": _opaque,
}
