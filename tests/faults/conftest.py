from tests.support.places import another, database, empty, file, place, project

__all__ = ["another", "database", "empty", "file", "place", "project"]
