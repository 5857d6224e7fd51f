"""Colours and marks that all figures share."""

# Okabe and Ito's colours, which colour-blind readers can tell apart.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")

# Of flat, construction, object, nature, sky, human and vehicle.
CATEGORY_COLOURS = tuple(COLOURS[place] for place in (3, 6, 4, 2, 5, 1, 0))

MARKERS = "os^Dv*PX"  # one more than colours, so that no pair of both comes twice
