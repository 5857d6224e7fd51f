others = np.random.default_rng(41).integers(0, 256, (5, 7, 3, 3), "uint8")
pixels = others.reshape(-1, 3) / 255
found = check.call(channel_statistics, others)
mean = pixels.sum(axis=0) / len(pixels)
spread = np.sqrt((pixels**2).sum(axis=0) / len(pixels) - mean**2)
check.pair("channel_statistics of other images", found, "mean and spread")
check.value("the mean of other images", found[0], mean)
check.value("the spread of other images", found[1], spread, tolerance=1e-4)
