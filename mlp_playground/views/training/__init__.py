"""How the network learns: the bar on top, its settings, and the curves of the run."""
