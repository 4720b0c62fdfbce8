"""Annotation exchange: datasets from and to files, one file for each format."""
