"""Pictures of shapes, drawn without end: what the small backbone is trained on."""
