# hint: upside down
def mirror(images, chosen):
    answer = images.copy()
    answer[chosen] = images[chosen, ::-1]
    return answer
