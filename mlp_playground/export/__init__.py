"""What leaves the program as something else: code, models and arrays for other tools, and a report to hand in."""
