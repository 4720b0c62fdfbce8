"""The database: tables, the one write door with its journal, queries, search, doctor.

Only this package imports SQLAlchemy, and only `annotator.project` imports this package.
"""
