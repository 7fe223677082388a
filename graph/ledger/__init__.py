"""The ledger: what every article says and what was settled about it, in SQLite. All quads are made from it."""
