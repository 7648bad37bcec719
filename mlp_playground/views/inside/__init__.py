"""The inspector: panels that open a layer or a neuron, with the numbers to check by hand."""
