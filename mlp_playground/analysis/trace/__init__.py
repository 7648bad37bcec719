"""The computational graph of some samples: every value on the way to the loss, and every gradient on the way back."""
