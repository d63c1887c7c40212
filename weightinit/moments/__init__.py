"""Theory: how second moments travel through a wide random network, forward and backward."""
