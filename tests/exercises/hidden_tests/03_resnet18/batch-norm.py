maps = np.random.default_rng(46).normal(2, 3, (3, 4, 2, 2))
pixels, ends = maps.reshape(-1, 2), (np.array([1.0, 4]), np.array([9.0, 0.5]))
scale, shift = np.array([2.0, -1]), np.array([0.5, 3])
center = pixels.sum(axis=0) / len(pixels)
spread = ((pixels - center) ** 2).sum(axis=0) / len(pixels)
for training, mean, variance in ((True, center, spread), (False, *ends)):
    found = check.call(batch_norm, maps, scale, shift, *ends, training, 0.7, 0.01)
    right = scale * (maps - mean) / (variance + 0.01) ** 0.5 + shift
    moved = [0.7 * old + 0.3 * new for old, new in zip(ends, (mean, variance))]
    case = f"batch_norm of other maps, training={training}"
    for what, one, other in zip(("output", "mean", "variance"), found, [right, *moved]):
        check.value(f"{case}, {what}", one, other)
