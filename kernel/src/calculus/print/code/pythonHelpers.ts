/** Functions that a Python program brings along, only where it uses them. */
type Library = "numpy" | "jax" | "torch";

const NUMPY: Readonly<Record<string, string>> = {
  sigmoid: `def sigmoid(z):
    """1 / (1 + exp(-z)) without overflow."""
    return np.exp(-np.logaddexp(0, -z))`,
  logsumexp: `def logsumexp(z):
    """log(sum(exp(z))) without overflow."""
    top = np.max(z)
    return top + np.log(np.sum(np.exp(z - top)))`,
  softmax: `def softmax(z, axis=None):
    """exp(z) / sum(exp(z)) without overflow."""
    e = np.exp(z - np.max(z, axis=axis, keepdims=True))
    return e / np.sum(e, axis=axis, keepdims=True)`,
  log_softmax: `def log_softmax(z, axis=None):
    """log(softmax(z)) without overflow."""
    z = z - np.max(z, axis=axis, keepdims=True)
    return z - np.log(np.sum(np.exp(z), axis=axis, keepdims=True))`,
};

/** From the singular values: also for singular matrices. */
const adjugate = (np: string): string => `def adjugate(X):
    """Transposed matrix of cofactors, also of a singular X."""
    U, s, Vh = ${np}.linalg.svd(X)
    others = ${np}.where(${np}.eye(len(s)${np === "torch" ? ", dtype=torch.bool, device=X.device" : ", dtype=bool"}), ${np === "torch" ? "torch.ones_like(s)[None, :]" : "1.0"}, s[None, :]).prod(1)
    return ${np}.linalg.det(U) * ${np}.linalg.det(Vh) * (Vh.T * others) @ U.T`;

export function pythonHelpers(names: readonly string[], library: Library): string[] {
  const np = { numpy: "np", jax: "jnp", torch: "torch" }[library];
  return names.map((name) => (name === "adjugate" ? adjugate(np) : NUMPY[name]!));
}
