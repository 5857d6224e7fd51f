other = np.arange(6 * 4 * 3, dtype="uint8").reshape(6, 4, 3)
found = check.call(pad_to_multiple, other, 5)
rows, columns = [0, 1, 2, 3, 4, 5, 5, 4, 3, 2], [0, 1, 2, 3, 3]
check.value("another picture, multiple 5", found, other[rows][:, columns], tolerance=0)
found = check.call(crop_back, other, 5, 2)
check.value("crop_back of other maps", found, other[:5, :2], tolerance=0)
