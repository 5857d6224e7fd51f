"""The course's data sets: files in, NumPy arrays out."""
