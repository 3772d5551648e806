"""What flows and where it goes next: routes, the wiring, settings, the graph that servers load."""
