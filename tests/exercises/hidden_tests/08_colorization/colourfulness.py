half = np.zeros((1, 2, 4, 3), "uint8")
half[:, 0, :, 0], half[:, 1, :, 2] = 255, 255
found = check.call(colourfulness, half)
means = (127.5**2 + 63.75**2) ** 0.5
spreads = (127.5**2 + 191.25**2) ** 0.5
check.value("half red, half blue", found, [spreads + 0.3 * means])
