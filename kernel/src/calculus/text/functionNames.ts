/** The functions of the grammar by name: how many arguments each takes, and what to say about names that are none. */

/** Smallest and largest number of arguments. */
export const ARITY: ReadonlyMap<string, readonly [number, number]> = new Map([
  ...["inv", "det", "tr", "logdet", "adj", "diag", "vec", "sum", "logsumexp"].map(one),
  ["softmax", [1, 2]],
  ...["exp", "log", "ln", "sin", "cos", "tan", "tanh", "sqrt", "abs", "relu", "sigmoid", "step", "sign"].map(one),
  ["D_sigmoid", [1, 1]],
  ...["sinh", "cosh", "asin", "acos", "atan", "softplus"].map(one),
  ["max", [1, 2]],
  ["min", [1, 2]],
  ["maximum", [2, 2]],
  ["minimum", [2, 2]],
  ["norm", [1, 2]],
  ["dot", [2, 2]],
  ["kron", [2, 2]],
  ["eye", [1, 1]],
  ["ones", [1, 2]],
  ["zeros", [1, 2]],
  ["commutation", [2, 2]],
]);

function one(name: string): readonly [string, readonly [number, number]] {
  return [name, [1, 1]];
}

export const isFunctionName = (name: string): boolean => ARITY.has(name);

/** Functions that nothing here can differentiate. */
export const NOT_DIFFERENTIABLE: ReadonlySet<string> = new Set(
  "floor ceil round fix trunc mod rem rank argmax argmin heaviside isnan".split(" "),
);

/** What to write instead of a name that other systems use; x and y are columns, X, A and B matrices. */
export const INSTEAD: ReadonlyMap<string, string> = new Map([
  ["trace", "tr(X)"],
  ["Tr", "tr(X)"],
  ["transpose", "X'"],
  ["trans", "X'"],
  ["t", "X'"],
  ["inverse", "inv(X)"],
  ["adjugate", "adj(X)"],
  ["adjoint", "adj(X)"],
  ["determinant", "det(X)"],
  ["slogdet", "logdet(X)"],
  ["identity", "eye(n)"],
  ["hadamard", "x.*y"],
  ["multiply", "x.*y"],
  ["kronecker", "kron(A, B)"],
  ["matmul", "A*B"],
  ["inner", "x'*y"],
  ["vdot", "x'*y"],
  ["outer", "x*y'"],
  ["solve", "inv(A)*b"],
  ["mean", "sum(x)/n"],
  ["average", "sum(x)/n"],
  ["var", "sum((x - sum(x)/n).^2)/n"],
  ["std", "sqrt(sum((x - sum(x)/n).^2)/n)"],
  ["square", "x^2 or x.^2"],
  ["pow", "x^2 or x.^2"],
  ["power", "x^2 or x.^2"],
  ["prod", "exp(sum(log(x))) for positive x"],
  ["cosine", "x'*y/(norm(x)*norm(y))"],
  ["ReLU", "relu(x)"],
  ["logistic", "sigmoid(x)"],
  ["sigm", "sigmoid(x)"],
  ["expit", "sigmoid(x)"],
  ["sgn", "sign(x)"],
  ["lse", "logsumexp(x)"],
  ["log_sum_exp", "logsumexp(x)"],
  ["log_softmax", "log(softmax(x))"],
  ["logsoftmax", "log(softmax(x))"],
  ["logsigmoid", "-softplus(-x)"],
  ["silu", "x.*sigmoid(x)"],
  ["swish", "x.*sigmoid(x)"],
  ["gelu", "x.*sigmoid(1.702*x)"],
  ["elu", "relu(x) + exp(-relu(-x)) - 1"],
  ["leakyrelu", "relu(x) - a*relu(-x)"],
  ["leaky_relu", "relu(x) - a*relu(-x)"],
  ["hinge", "relu(1 - x)"],
  ["huber", "sqrt(1 + x.^2) - 1"],
  ["log2", "log(x)/log(2)"],
  ["log10", "log(x)/log(10)"],
  ["log1p", "log(1 + x)"],
  ["expm1", "exp(x) - 1"],
  ["cot", "1/tan(x)"],
  ["sec", "1/cos(x)"],
  ["csc", "1/sin(x)"],
  ["sech", "1/cosh(x)"],
  ["arcsin", "asin(x)"],
  ["arccos", "acos(x)"],
  ["arctan", "atan(x)"],
]);

/** Functions that are none of the grammar, with what can be done where something can. */
export const OUTSIDE: ReadonlyMap<string, string> = new Map([
  ["expm", "exp(A) is entry by entry"],
  ["logm", "log(A) is entry by entry"],
  ["sqrtm", "sqrt(A) is entry by entry"],
  ["pinv", "of full column rank: inv(A'*A)*A'"],
  ["eig", "the quotient x'*A*x/(x'*x) has the eigenvalues as its stationary values"],
  ["eigvals", "the quotient x'*A*x/(x'*x) has the eigenvalues as its stationary values"],
  ["svd", "\u2016A\u2016_F^2 = tr(A'*A) is the sum of the squared singular values"],
  ["chol", "logdet(A) needs no factor"],
  ["cholesky", "logdet(A) needs no factor"],
  ["qr", "declare Q orthogonal"],
  ["grad", "the variable is named beside the expression: d(f, x), or wrt of a request"],
  ["gradient", "the variable is named beside the expression: d(f, x), or wrt of a request"],
  ["diff", "the variable is named beside the expression: d(f, x), or wrt of a request"],
  ["jacobian", "the variable is named beside the expression: d(f, x), or wrt of a request"],
  ["hessian", "the variable is named beside the expression: hessian(f, x), or twice in wrt of a request"],
  ["grad_", "∇ stands before a declared function: ∇L(y); the variable is named beside the expression: d(f, x)"],
  ["cross", "a cross product is C*y with C the skew matrix of x"],
  ["cumsum", "a cumulative sum is T*x with a triangular T"],
  ["sigma", 'sigmoid(x) is the logistic function; a function known by name only is declared: "sigma: elementwise"'],
  ["erf", 'a function known by name only is declared: "erf: elementwise"'],
  ["median", "no expression of the grammar has its value"],
]);

/** "1 argument", "1 or 2 arguments". */
export function showArity([low, high]: readonly [number, number]): string {
  if (low === high) return `${low} argument${low === 1 ? "" : "s"}`;
  return `${low} or ${high} arguments`;
}
