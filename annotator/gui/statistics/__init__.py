"""The statistics of a project, drawn."""
