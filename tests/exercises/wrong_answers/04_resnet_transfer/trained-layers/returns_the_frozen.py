# hint: These are the frozen
def trained_layers(layers, stages):
    return {
        name
        for name, kind, stage in layers
        if stage < 5 and (stage < 5 - stages or kind == "norm")
    }
