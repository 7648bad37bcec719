"""The only room that knows both sides: the window, the controller, the frame clock."""
