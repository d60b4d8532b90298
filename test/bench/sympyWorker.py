"""SymPy as the other side of bench:cookbook: JSON Lines in, JSON Lines out.

A text of the grammar becomes the MatrixSymbol expression that a user would write (symbolic sizes); it is differentiated
by `diff` or by `array_derive`; the answer is evaluated with NumPy at the bindings. The translation and the evaluation
are outside the measured time. `writing` says how a 1×1 product stands where a number is needed. A text that SymPy has no expression for is "unwritable", an answer that keeps an
unevaluated derivative is "none".
"""

import json
import re
import signal
import sys
import time
import warnings

import numpy as np
import sympy as sp
from sympy.core.cache import clear_cache
from sympy.matrices.expressions.diagonal import DiagMatrix, DiagonalOf
from sympy.matrices.expressions.matexpr import MatrixElement
from sympy.tensor.array.expressions import array_expressions as ae
from sympy.tensor.array.expressions.arrayexpr_derivatives import array_derive
from sympy.tensor.array.expressions.from_matrix_to_array import convert_matrix_to_array

LIMIT_SECONDS = 60
TOKEN = re.compile(r"\s*(\d+\.?\d*|[A-Za-z_]\w*|\.\*|\./|\.\^|\"[^\"]*\"|.)")


class Unwritable(Exception):
    pass


class NoAnswer(Exception):
    pass


def is_matrix(e):
    return getattr(e, "is_Matrix", False) or isinstance(e, sp.MatrixExpr)


TRACES = True  # how a 1×1 product is written where a number is needed: as its trace, or kept as it is


def scalar(e):
    if not is_matrix(e):
        return e
    if e.shape != (1, 1):
        raise Unwritable("a matrix where a scalar is needed")
    return sp.Trace(e) if TRACES else e


class Reader:
    """Recursive descent over the grammar: sums, products, signs, powers, transposes, calls."""

    def __init__(self, text, names):
        self.tokens = TOKEN.findall(text)
        self.at = 0
        self.names = names

    def peek(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self, *wanted):
        if self.peek() in wanted:
            self.at += 1
            return self.tokens[self.at - 1]
        return None

    def sum(self):
        e = self.product()
        while sign := self.take("+", "-"):
            r = self.product()
            if is_matrix(e) != is_matrix(r):
                e, r = (scalar(x) if TRACES or is_matrix(x) else x * sp.Identity(1) for x in (e, r))
            e = e + r if sign == "+" else e - r
        return e

    def product(self):
        e = self.signed()
        while op := self.take("*", "/", ".*", "./"):
            e = combine(op, e, self.signed())
        return e

    def signed(self):
        return -self.signed() if self.take("-") else self.power()

    def power(self):
        base = self.turned()
        op = self.take("^", ".^")
        if not op:
            return base
        k = self.signed()
        if op == ".^" and is_matrix(base):
            return sp.HadamardPower(base, k)
        return base**k if is_matrix(base) and base.shape != (1, 1) else scalar(base) ** k

    def turned(self):
        e = self.atom()
        while self.take("'"):
            e = e.T if is_matrix(e) else e
        return e

    def atom(self):
        if self.take("("):
            e = self.sum()
            self.take(")")
            return e
        token = self.tokens[self.at]
        self.at += 1
        if token[0].isdigit():
            return sp.Integer(token) if token.isdigit() else sp.Rational(token)
        if token in self.names:
            return self.names[token]
        self.take("(")
        args = [self.sum() if self.peek()[0] != '"' else self.tokens[self.skip()]]
        while self.take(","):
            args.append(self.sum() if self.peek()[0] != '"' else self.tokens[self.skip()])
        self.take(")")
        return call(token, args)

    def skip(self):
        self.at += 1
        return self.at - 1


def combine(op, a, b):
    if op == "/":
        return a / scalar(b)
    if op == "./":
        return sp.HadamardProduct(a, sp.HadamardPower(b, -1)) if is_matrix(b) else a / b
    if op == ".*" and is_matrix(a) and is_matrix(b):
        return sp.HadamardProduct(a, b)
    if is_matrix(a) and is_matrix(b) and a.shape[1] != b.shape[0]:
        return scalar(a) * b if a.shape == (1, 1) else a * scalar(b)
    return a * b


def call(name, args):
    X = args[0]
    ones = lambda r, c: sp.OneMatrix(r, c)
    if name in ("exp", "log", "sin", "cos", "tan", "tanh"):
        f = getattr(sp, name)
        return X.applyfunc(f) if is_matrix(X) and not (TRACES and X.shape == (1, 1)) else f(scalar(X))
    known = {
        "tr": lambda: sp.Trace(X),
        "det": lambda: sp.Determinant(X),
        "logdet": lambda: sp.log(sp.Determinant(X)),
        "inv": lambda: sp.Inverse(X),
        "abs": lambda: sp.Abs(scalar(X)),
        "dot": lambda: X.T * args[1],
        "kron": lambda: sp.KroneckerProduct(*args),
        "norm": lambda: sp.sqrt(sp.Trace(X.T * X)) if TRACES or X.shape[1] != 1 else sp.sqrt(X.T * X),
        "diag": lambda: DiagMatrix(X) if X.shape[1] == 1 else DiagonalOf(X),
        "sum": lambda: ones(1, X.shape[0]) * X * ones(X.shape[1], 1) if X.shape[1] != 1 else ones(1, X.shape[0]) * X,
    }
    if name not in known:
        raise Unwritable(f"{name} has no matrix expression")
    return known[name]()


def value(e, env):
    """The number of an answer: an array of two axes for matrices, of any number for arrays, a float for scalars."""
    v = lambda x: value(x, env)
    size = lambda d: int(v(d))
    mat = lambda x: np.atleast_2d(v(x))
    if isinstance(e, (sp.MatrixSymbol, sp.Symbol)):
        return env[str(e.name)]
    if isinstance(e, sp.Number) or e.is_Number or e.is_NumberSymbol:
        return float(e)
    if isinstance(e, (sp.Derivative, ae.ArraySymbol)) or type(e).__name__ in ("ArrayDerivative", "Subs", "Lambda"):
        raise NoAnswer(f"keeps {type(e).__name__}")
    if isinstance(e, sp.MatAdd) or (isinstance(e, sp.Add)) or isinstance(e, ae.ArrayAdd):
        return sum(v(a) for a in e.args)
    if isinstance(e, (sp.MatMul, sp.Mul)):
        total = 1.0
        for a in e.args:
            x = v(a)
            total = total @ x if np.ndim(total) == 2 and np.ndim(x) == 2 and not (total.shape == (1, 1) and x.shape[0] != 1) else total * x
        return total
    if isinstance(e, sp.Inverse):
        return np.linalg.inv(v(e.args[0]))
    if isinstance(e, sp.MatPow):
        base, k = v(e.base), v(e.exp)
        return base**k if base.shape == (1, 1) else np.linalg.matrix_power(base, int(k))
    if isinstance(e, sp.Pow):
        return v(e.base) ** v(e.exp)
    if isinstance(e, sp.Transpose):
        return v(e.arg).T
    if isinstance(e, sp.Trace):
        return float(np.trace(mat(e.arg)))
    if isinstance(e, sp.Determinant):
        return float(np.linalg.det(v(e.arg)))
    if isinstance(e, sp.HadamardProduct):
        return np.prod([v(a) for a in e.args], axis=0)
    if isinstance(e, sp.HadamardPower):
        return v(e.base) ** v(e.exp)
    if isinstance(e, sp.KroneckerProduct):
        total = np.ones((1, 1))
        for a in e.args:
            total = np.kron(total, v(a))
        return total
    if isinstance(e, sp.Identity):
        return np.eye(size(e.shape[0]))
    if isinstance(e, sp.OneMatrix):
        return np.ones((size(e.shape[0]), size(e.shape[1])))
    if isinstance(e, sp.ZeroMatrix):
        return np.zeros((size(e.shape[0]), size(e.shape[1])))
    if isinstance(e, DiagMatrix):
        return np.diag(v(e.args[0]).ravel())
    if isinstance(e, DiagonalOf):
        return np.diag(v(e.args[0]))[:, None]
    if isinstance(e, MatrixElement):
        return float(v(e.parent)[size(e.i), size(e.j)])
    if type(e).__name__ in ("ElementwiseApplyFunction", "ArrayElementwiseApplyFunc"):
        z = sp.Dummy()
        return np.asarray(sp.lambdify(z, e.function(z), "numpy")(v(e.expr))) * np.ones_like(v(e.expr))
    if isinstance(e, ae.ArrayTensorProduct):
        total = np.ones(())
        for a in e.args:
            total = np.multiply.outer(total, v(a))
        return total
    if isinstance(e, ae.PermuteDims):
        return np.transpose(v(e.expr), e.permutation.array_form)
    if isinstance(e, (ae.ArrayContraction, ae.ArrayDiagonal)):
        return contracted(e, v(e.expr))
    if isinstance(e, ae.ZeroArray):
        return np.zeros([size(d) for d in e.shape])
    if isinstance(e, ae.OneArray):
        return np.ones([size(d) for d in e.shape])
    if isinstance(e, ae.Reshape):
        return np.reshape(v(e.expr), [size(d) for d in e.shape])
    if isinstance(e, sp.Function):
        return float(sp.lambdify([], e.func(*[sp.Float(np.ravel(v(a))[0], 17) for a in e.args]), "numpy")())
    if isinstance(e, sp.NDimArray):
        return np.array([v(x) for x in sp.flatten(e.tolist())]).reshape(e.shape)
    raise NoAnswer(f"cannot evaluate {type(e).__name__}")


def contracted(e, data):
    """Axes of a group share an index: summed in a contraction, moved to the end in a diagonal."""
    groups = e.contraction_indices if isinstance(e, ae.ArrayContraction) else e.diagonal_indices
    index = list(range(data.ndim))
    for g in groups:
        for axis in g:
            index[axis] = g[0]
    grouped = {axis for g in groups for axis in g}
    out = [i for i in range(data.ndim) if i not in grouped]
    if isinstance(e, ae.ArrayDiagonal):
        out += [g[0] for g in groups]
    return np.einsum(data, index, out)


def out_first(result, out_shape, wrt_shape):
    """SymPy puts the axes of the variable first; the expected tensor those of the output. Axes of size 1 are dropped."""
    if np.ndim(result) <= 2:
        vectors = 1 in out_shape and 1 in wrt_shape and out_shape != (1, 1) and wrt_shape != (1, 1)
        result = np.asarray(result).T if vectors else np.asarray(result)
    else:
        k = len(wrt_shape)
        result = np.moveaxis(result, range(k), range(result.ndim - k, result.ndim))
    return result


def bound(request):
    sizes = request["dims"]
    symbols, env = {}, {d: float(n) for d, n in sizes.items()}
    dim = lambda d: sp.Symbol(d, integer=True, positive=True) if isinstance(d, str) else sp.Integer(d)
    for name, dims in request["vars"].items():
        data = np.array(request["bindings"][name], dtype=float)
        if dims:
            symbols[name] = sp.MatrixSymbol(name, dim(dims[0]), dim(dims[1]) if len(dims) > 1 else 1)
            env[name] = data.reshape(-1, 1) if len(dims) == 1 else data
        else:
            symbols[name] = sp.Symbol(name, real=True)
            env[name] = float(data)
    return symbols, env


def differentiate(e, wrt, how):
    for x in wrt:
        if how == "diff" or not is_matrix(x):
            e = e.diff(x)
        else:
            e = array_derive(convert_matrix_to_array(e), x)
    return e


def answer(request):
    global TRACES
    TRACES = request["writing"] == "trace"
    clear_cache()
    symbols, env = bound(request)
    e = Reader(request["expr"], symbols).sum()
    wrt = [symbols[name] for name in request["wrt"]]
    start = time.perf_counter()
    try:
        made = differentiate(e, wrt, request["how"])
    finally:
        ms = (time.perf_counter() - start) * 1000
        request["ms"] = ms
    concrete = lambda x: tuple(int(value(d, env)) for d in getattr(x, "shape", ())) or (1, 1)
    result = value(made, env)
    if len(wrt) == 1:
        result = out_first(result, concrete(e), concrete(wrt[0]))
    result = np.asarray(result, dtype=float)
    return {"data": result.ravel().tolist(), "shape": [d for d in result.shape if d != 1], "text": str(made)[:400]}


def timed_out(*_):
    raise TimeoutError(f"no answer in {LIMIT_SECONDS} s")


warnings.simplefilter("ignore")
signal.signal(signal.SIGALRM, timed_out)
print(json.dumps({"sympy": sp.__version__, "python": sys.version.split()[0]}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    signal.alarm(LIMIT_SECONDS)
    try:
        reply = {"verdict": "answer", **answer(request)}
    except Unwritable as problem:
        reply = {"verdict": "unwritable", "message": str(problem)}
    except NoAnswer as problem:
        reply = {"verdict": "none", "message": str(problem)}
    except Exception as problem:
        reply = {"verdict": "error", "message": f"{type(problem).__name__}: {problem}"[:200]}
    finally:
        signal.alarm(0)
    print(json.dumps({"id": request["id"], "ms": request.get("ms"), **reply}), flush=True)
