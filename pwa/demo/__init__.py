"""A believable clinic to try things out in, the same for the same seed and day."""
