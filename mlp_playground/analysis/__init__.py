"""What can be known about a network: its answers over the plane, its neurons' pictures."""
