"""Benchmarks: cardprint beside its peers, its growth, its stages. Run them from the checkout's top folder."""
