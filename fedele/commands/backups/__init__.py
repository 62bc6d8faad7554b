"""One file that holds an installation at one moment: the database, the files people attached, a list of checksums.

It is the same on a laptop and in production. A backup of SQLite is restored on SQLite, one of PostgreSQL on PostgreSQL;
one of an older version is brought to this one after it was restored.
"""
