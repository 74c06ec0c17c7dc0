"""What do satellites see of 青山省? Simulated scenes over all sites of which something is claimed, and a hidden truth.

`claims` says which sites those are and what is claimed, `fates` what is true, `making` turns both into scenes,
`surveyed` asks the engine, which never learns the truth, and `table` counts what it answers. None of it needs a
database: it may run in a process of its own while the ledgers are loaded.
"""
