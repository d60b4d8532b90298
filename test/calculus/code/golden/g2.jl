# f = log(det(X)), with its gradient by X, for Julia.
# Layout: denominator.
# Vectors have one axis, whether they stand as a column or as a row.
using LinearAlgebra

"""
    f(X)

Value of f, a scalar.

# Arguments
- `X`: shape (n, n).
"""
function f(X)
    return logabsdet(X)[1]
end

"""
    grad_f(X)

Gradient of f by X in denominator layout, shape (n, n).

# Arguments
- `X`: shape (n, n).
"""
function grad_f(X)
    return inv(X)'
end

"""
    value_and_grad_f(X)

Value of f, a scalar.
Gradient of f by X in denominator layout, shape (n, n).

# Arguments
- `X`: shape (n, n).
"""
function value_and_grad_f(X)
    return logabsdet(X)[1], inv(X)'
end
