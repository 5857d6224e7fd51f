"""The small backbone, and the pictures of shapes that it is trained on."""
