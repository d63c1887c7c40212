"""Experiment: a real random network, its forward and backward pass, and statistics of every layer."""
