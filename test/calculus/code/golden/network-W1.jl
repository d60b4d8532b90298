# h = W1*x + b1; a = sigmoid(h); z = W2*a + b2; f = -(t'*log(softmax(z))), with its gradient by W1, for Julia.
# Layout: denominator.
# Relies on: t simplex.
# Vectors have one axis, whether they stand as a column or as a row.
using LinearAlgebra

sigmoid(z) = 1 / (1 + exp(-z))

log_softmax(z) = (u = z .- maximum(z); u .- log(sum(exp.(u))))
log_softmax(Z, dims) = (U = Z .- maximum(Z; dims); U .- log.(sum(exp.(U); dims)))

softmax(z) = (e = exp.(z .- maximum(z)); e ./ sum(e))
softmax(Z, dims) = (E = exp.(Z .- maximum(Z; dims)); E ./ sum(E; dims))

"""
    f(W1, x, b1, W2, b2, t)

Value of f, a scalar.

# Arguments
- `W1`: shape (h, n).
- `x`: shape (n,).
- `b1`: shape (h,).
- `W2`: shape (k, h).
- `b2`: shape (k,).
- `t`: shape (k,); simplex.
"""
function f(W1, x, b1, W2, b2, t)
    h = W1 * x .+ b1
    a = sigmoid.(h)
    z = W2 * a .+ b2
    return -dot(t, log_softmax(z))
end

"""
    grad_f(W1, x, b1, W2, b2, t)

Gradient of f by W1 in denominator layout, shape (h, n).

# Arguments
- `W1`: shape (h, n).
- `x`: shape (n,).
- `b1`: shape (h,).
- `W2`: shape (k, h).
- `b2`: shape (k,).
- `t`: shape (k,); simplex.
"""
function grad_f(W1, x, b1, W2, b2, t)
    h = W1 * x .+ b1
    a = sigmoid.(h)
    z = W2 * a .+ b2
    v = (W2' * (softmax(z) .- t)) .* a .* sigmoid.(-h)
    return v * x'
end

"""
    value_and_grad_f(W1, x, b1, W2, b2, t)

Value of f, a scalar.
Gradient of f by W1 in denominator layout, shape (h, n).

# Arguments
- `W1`: shape (h, n).
- `x`: shape (n,).
- `b1`: shape (h,).
- `W2`: shape (k, h).
- `b2`: shape (k,).
- `t`: shape (k,); simplex.
"""
function value_and_grad_f(W1, x, b1, W2, b2, t)
    h = W1 * x .+ b1
    a = sigmoid.(h)
    z = W2 * a .+ b2
    v = (W2' * (softmax(z) .- t)) .* a .* sigmoid.(-h)
    return -dot(t, log_softmax(z)), v * x'
end
