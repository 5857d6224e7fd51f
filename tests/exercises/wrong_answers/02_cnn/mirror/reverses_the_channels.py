# hint: Red and blue
def mirror(images, chosen):
    answer = images.copy()
    answer[chosen] = images[chosen, ..., ::-1]
    return answer
