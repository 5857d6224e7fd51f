"""How anything is drawn: colours, a canvas with labels, a pen in metres, solids."""
