"""Widgets that draw a snapshot and emit intents; they never train and never see the thread."""
