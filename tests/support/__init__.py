"""What the tests of several rooms share: a PostgreSQL server of their own, places, small projects."""
