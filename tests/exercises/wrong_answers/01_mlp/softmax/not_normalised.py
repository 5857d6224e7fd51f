# hint: Divide the exponentials
def softmax(logits):
    return np.exp(logits)
