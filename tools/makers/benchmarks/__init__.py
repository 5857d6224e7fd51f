"""How fast the course is: the drawn town, and every network beside PyTorch's."""
