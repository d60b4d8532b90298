"""Runs exported programs and prints what they return: run.py numpy|jax|torch < programs.json > results.json

A program is text with the functions to call, their arguments and stand-ins for functions that are known by name only.
One process for all programs. JAX: jit as exported, then vmap and the sharded form; PyTorch: eager, some compiled.
"""

import json
import math
import sys
import warnings

import numpy as np

library = sys.argv[1]
warnings.simplefilter("error", RuntimeWarning)

if library == "jax":
    import jax

    jax.config.update("jax_enable_x64", True)
    import jax.numpy as xp

    array = lambda value: xp.asarray(value, dtype="float64")
elif library == "torch":
    import torch as xp

    xp.set_default_dtype(xp.float64)
    array = lambda value: xp.tensor(value, dtype=xp.float64)
else:
    xp = np
    array = lambda value: np.asarray(value, dtype="float64")[()]


def plain(value):
    return np.asarray(value).tolist()


def stand_in(given):
    """As ops/abstract.ts evaluates a function that is known by name only."""
    order, c = given["order"], given["c"]
    if given["kind"] == "apply":
        line = (lambda x: x / 2) if order == 0 else (lambda x: 0 * x + (0.5 if order == 1 else 0))
        return lambda x: xp.sin(x + (0.3 + c + order * math.pi / 2)) + line(x)

    def scalar(y):
        n = len(y)
        w = array([math.sin(1.3 * i + 1 + c) for i in range(n)])
        v = array([0.4 + 0.3 * math.cos(2.1 * i + c) for i in range(n)])
        u = xp.sum(w * y)
        if order == 0:
            return xp.sin(u) + xp.sum(v * y**2) / 2
        if order == 1:
            return w * xp.cos(u) + v * y
        return -xp.outer(w, w) * xp.sin(u) + xp.diag(v)

    return scalar


def many(got, count):
    return [plain(got)] if count == 1 else [plain(x) for x in got]


def over_batch(space, program, last, keywords):
    """The batched and the sharded form on eight samples that differ, beside one call for each."""
    axes = space["IN_AXES"]
    scale = np.linspace(1.0, 1.07, 8)
    samples = [np.asarray(v, dtype="float64") for v in program["args"]]
    stacked = [x if a is None else np.stack([x * s for s in scale]) for x, a in zip(samples, axes)]
    single = [
        many(space[last](*[array(x if a is None else x * s) for x, a in zip(samples, axes)], **keywords), 2) for s in scale
    ]
    out = {"single": [list(column) for column in zip(*single)]}
    out["batched"] = many(space[f"batched_{last}"](*map(array, stacked), **keywords), 2)
    sharded = space[f"sharded_{last}"](*map(array, stacked), **keywords)
    out["devices"] = len(sharded[0].sharding.device_set)
    out["sharded"] = many(sharded, 2)
    return out


def run(program):
    space = {"__name__": "exported"}
    exec(compile(program["code"], program["id"], "exec"), space)
    stand_ins = {g["name"]: stand_in(g) for g in program["given"]}
    out = {}
    for function in program["functions"]:
        keywords = {name: stand_ins[name] for name in function["given"]}
        call = space[function["name"]]
        args = [array(v) for v in program["args"]]
        out[function["name"]] = many(call(*args, **keywords), len(function["outputs"]))
        last = function["name"]
    if library == "torch" and program["compile"]:
        compiled = xp.compile(space[last], fullgraph=True)
        out["compiled"] = many(compiled(*args, **keywords), len(function["outputs"]))
    if library == "jax" and program["batch"]:
        out["batch"] = over_batch(space, program, last, keywords)
    return out


results = {}
for program in json.load(sys.stdin):
    try:
        results[program["id"]] = run(program)
    except Exception as error:  # told with the test of this program
        results[program["id"]] = {"error": f"{type(error).__name__}: {error}"}
json.dump(results, sys.stdout)
