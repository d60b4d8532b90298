# f = L(W2*sigma(W1*x)), with its gradient by W1, for Julia.
# Layout: denominator.
# Vectors have one axis, whether they stand as a column or as a row.
using LinearAlgebra

"""
    f(W2, W1, x, L, sigma)

Value of f, a scalar.

# Arguments
- `W2`: shape (k, h).
- `W1`: shape (h, n).
- `x`: shape (n,).
- `L`: scalar function L.
- `sigma`: sigma, entry by entry.
"""
function f(W2, W1, x, L, sigma)
    y = W2 * sigma.(W1 * x)
    return L(y)
end

"""
    grad_f(W2, W1, x, D_sigma, grad_L, sigma)

Gradient of f by W1 in denominator layout, shape (h, n).

# Arguments
- `W2`: shape (k, h).
- `W1`: shape (h, n).
- `x`: shape (n,).
- `D_sigma`: derivative 1 of sigma, entry by entry.
- `grad_L`: gradient of L, the shape of its argument.
- `sigma`: sigma, entry by entry.
"""
function grad_f(W2, W1, x, D_sigma, grad_L, sigma)
    v = W1 * x
    y = W2 * sigma.(v)
    return ((W2' * grad_L(y)) .* D_sigma.(v)) * x'
end

"""
    value_and_grad_f(W2, W1, x, D_sigma, L, grad_L, sigma)

Value of f, a scalar.
Gradient of f by W1 in denominator layout, shape (h, n).

# Arguments
- `W2`: shape (k, h).
- `W1`: shape (h, n).
- `x`: shape (n,).
- `D_sigma`: derivative 1 of sigma, entry by entry.
- `L`: scalar function L.
- `grad_L`: gradient of L, the shape of its argument.
- `sigma`: sigma, entry by entry.
"""
function value_and_grad_f(W2, W1, x, D_sigma, L, grad_L, sigma)
    v = W1 * x
    y = W2 * sigma.(v)
    return L(y), ((W2' * grad_L(y)) .* D_sigma.(v)) * x'
end
