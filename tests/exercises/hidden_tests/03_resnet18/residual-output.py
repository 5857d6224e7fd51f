generator = np.random.default_rng(45)
x, weights = generator.normal(size=(2, 5, 4, 2)), generator.normal(size=(2, 3))
inner = generator.normal(size=(2, 3, 2, 3))
found = check.call(residual_output, x, inner, weights, 2)
total = inner + np.einsum("nhwc,cf->nhwf", x[:, ::2, ::2], weights)
check.value("residual_output, other maps", found, np.where(total > 0, total, 0))
total = x + 2 * x[::-1]
found = check.call(residual_output, x, 2 * x[::-1])
check.value("residual_output, no projection", found, np.where(total > 0, total, 0))
