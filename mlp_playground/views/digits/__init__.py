"""What only handwritten digits have: views of pictures and of what neurons look for in them."""
