# f = norm(W*x + b)^2, with its gradient by W, for Julia.
# Layout: denominator.
# Vectors have one axis, whether they stand as a column or as a row.
using LinearAlgebra

"""
    f(W, x, b)

Value of f, a scalar.

# Arguments
- `W`: shape (m, n).
- `x`: shape (n,).
- `b`: shape (m,).
"""
function f(W, x, b)
    v = W * x .+ b
    return dot(v, v)
end

"""
    grad_f(W, x, b)

Gradient of f by W in denominator layout, shape (m, n).

# Arguments
- `W`: shape (m, n).
- `x`: shape (n,).
- `b`: shape (m,).
"""
function grad_f(W, x, b)
    return 2 .* ((W * x .+ b) * x')
end

"""
    value_and_grad_f(W, x, b)

Value of f, a scalar.
Gradient of f by W in denominator layout, shape (m, n).

# Arguments
- `W`: shape (m, n).
- `x`: shape (n,).
- `b`: shape (m,).
"""
function value_and_grad_f(W, x, b)
    v = W * x .+ b
    return dot(v, v), 2 .* (v * x')
end
