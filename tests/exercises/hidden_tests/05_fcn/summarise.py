found = check.call(summarise, np.array([[5, 0, 1], [0, 1, 0], [2, 0, 4]]))
check.pair("summarise of other counts", found, "mean and weighted IoU")
ious = (5 / 8, 1, 4 / 7)
check.value("mean IoU, other counts", found[0], sum(ious) / 3)
weighted = (6 * ious[0] + ious[1] + 6 * ious[2]) / 13
check.value("weighted IoU, other counts", found[1], weighted)
