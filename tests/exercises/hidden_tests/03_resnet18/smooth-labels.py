found = check.call(smooth_labels, np.array([4, 0]), 5, 0.2)
low, high = [0.04] * 4, [0.84]
check.value("smooth_labels of 5 classes", found, [[*low, *high], [*high, *low]])
