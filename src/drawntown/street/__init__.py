"""The stage of one scene: its course and cross-section, its camera, its places."""
