"""The commands of `podium`, one module per kind of work."""
