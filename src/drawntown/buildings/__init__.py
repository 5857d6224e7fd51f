"""Houses, terraces and villas with their gardens, and how they line a street."""
