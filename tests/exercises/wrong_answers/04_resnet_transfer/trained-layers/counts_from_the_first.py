# hint: from the last
def trained_layers(layers, stages):
    return {
        name
        for name, kind, stage in layers
        if stage == 5 or (0 < stage <= stages and kind != "norm")
    }
