# f = sum(log(1 + exp(-y.*(X*w)))), with its gradient and Hessian by w, for Julia.
# Layout: denominator.
# Relies on: y signs.
# Vectors have one axis, whether they stand as a column or as a row.
using LinearAlgebra

softplus(z) = max(z, 0) + log1p(exp(-abs(z)))

sigmoid(z) = 1 / (1 + exp(-z))

"""
    f(y, X, w)

Value of f, a scalar.

# Arguments
- `y`: shape (N,); signs.
- `X`: shape (N, n).
- `w`: shape (n,).
"""
function f(y, X, w)
    z = -(y .* (X * w))
    return sum(softplus.(z))
end

"""
    grad_f(y, X, w)

Gradient of f by w in denominator layout, a column of n.

# Arguments
- `y`: shape (N,); signs.
- `X`: shape (N, n).
- `w`: shape (n,).
"""
function grad_f(y, X, w)
    z = -(y .* (X * w))
    return -(X' * (y .* sigmoid.(z)))
end

"""
    hess_f(y, X, w)

Hessian of f by w in denominator layout, shape (n, n).

# Arguments
- `y`: shape (N,); signs.
- `X`: shape (N, n).
- `w`: shape (n,).
"""
function hess_f(y, X, w)
    z = -(y .* (X * w))
    v = sigmoid.(z) .* sigmoid.(-z)
    return X' * (v .* X)
end

"""
    value_and_grad_f(y, X, w)

Value of f, a scalar.
Gradient of f by w in denominator layout, a column of n.

# Arguments
- `y`: shape (N,); signs.
- `X`: shape (N, n).
- `w`: shape (n,).
"""
function value_and_grad_f(y, X, w)
    z = -(y .* (X * w))
    return sum(softplus.(z)), -(X' * (y .* sigmoid.(z)))
end

"""
    value_grad_and_hess_f(y, X, w)

Value of f, a scalar.
Gradient of f by w in denominator layout, a column of n.
Hessian of f by w in denominator layout, shape (n, n).

# Arguments
- `y`: shape (N,); signs.
- `X`: shape (N, n).
- `w`: shape (n,).
"""
function value_grad_and_hess_f(y, X, w)
    z = -(y .* (X * w))
    s = sigmoid.(z)
    v = s .* sigmoid.(-z)
    return sum(softplus.(z)), -(X' * (y .* s)), X' * (v .* X)
end
