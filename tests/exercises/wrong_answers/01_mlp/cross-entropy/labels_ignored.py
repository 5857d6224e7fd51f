# hint: expected 1.07296
def cross_entropy(probabilities, labels):
    return -np.log(probabilities.max(axis=1)).mean()
