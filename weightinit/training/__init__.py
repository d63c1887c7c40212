"""Training: plain minibatch descent on a classification task, and what the trained network says."""
