"""How fast, as ratios from one run: `make bench`. No test asserts a time."""
