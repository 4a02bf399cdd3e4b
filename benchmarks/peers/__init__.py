"""The same card through cardprint and its peers. `python -m benchmarks.peers` prints the tables."""
