"""The network diagram: from pure geometry to the widget that can be worked with."""
