"""The desktop app: windows and widgets over the project's functions. Only here is Qt imported."""
