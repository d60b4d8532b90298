# f = B*C, with its Jacobian by B, for Julia.
# Vectors have one axis, whether they stand as a column or as a row.
using LinearAlgebra

"""
    f(B, C)

Value of f, shape (m, p).

# Arguments
- `B`: shape (m, n).
- `C`: shape (n, p).
"""
function f(B, C)
    return B * C
end

"""
    jac_f(B, C)

Derivative of f by B, axes (m, p, m, n): those of the output first.

# Arguments
- `B`: shape (m, n).
- `C`: shape (n, p).
"""
function jac_f(B, C)
    m = size(B, 1)
    p = size(C, 2)
    n = size(B, 2)
    return [C[l_, j_] * (i_ == k_) for i_ in 1:m, j_ in 1:p, k_ in 1:m, l_ in 1:n]
end

"""
    value_and_jac_f(B, C)

Value of f, shape (m, p).
Derivative of f by B, axes (m, p, m, n): those of the output first.

# Arguments
- `B`: shape (m, n).
- `C`: shape (n, p).
"""
function value_and_jac_f(B, C)
    m = size(B, 1)
    p = size(C, 2)
    n = size(B, 2)
    return B * C, [C[l_, j_] * (i_ == k_) for i_ in 1:m, j_ in 1:p, k_ in 1:m, l_ in 1:n]
end
