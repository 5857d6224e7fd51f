"""What the notebooks of the course share: data, models, training, figures, checks."""
