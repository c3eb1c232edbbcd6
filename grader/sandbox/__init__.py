"""Where submissions run: walls, the wire to them, and the door that checks knock at."""
