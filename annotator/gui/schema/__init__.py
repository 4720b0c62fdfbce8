"""The schema editor: labels, attributes, relation types and guidelines of a project."""
