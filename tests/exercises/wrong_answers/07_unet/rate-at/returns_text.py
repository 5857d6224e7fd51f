# hint: expected numbers, found str
def rate_at(seconds, budget, peak):
    return f"{peak * min(seconds / budget, 1)}"
