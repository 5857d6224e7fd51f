generator = np.random.default_rng(43)
other, flat = generator.normal(size=(7, 5)), generator.normal(size=(1, 4))
zeros = np.pad(other, 1)
sums = [
    [(zeros[i : i + 1, j : j + 4] * flat).sum() for j in range(0, 4, 2)]
    for i in range(0, 9, 2)
]
found = check.call(convolve_strided, other, flat, 2, 1)
check.value("convolve_strided of another picture", found, sums, tolerance=1e-4)
