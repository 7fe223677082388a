"""The full-text index: names with typing errors forgiven, and sentences; in the ledger's file, or in memory.

`tables` and `indexing` write it, `names` and `sentences` ask it, `places` says which indexes a source has.
"""
