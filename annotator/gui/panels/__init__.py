"""What stands around the reading view."""
