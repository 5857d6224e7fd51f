# hint: softmax of logits near 1000
def softmax(logits):
    exponentials = np.exp(logits - logits.mean(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)
