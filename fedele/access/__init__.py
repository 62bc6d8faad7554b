"""Who may do what: users, teams in a tree, roles, and the one gate every path to a record goes through.

A role gives, per record type, a reach for each right: none < own < team < below (team and below) < all.
A user with several roles has the widest. `visible_to(user)` on every record's QuerySet is the only way in;
what it leaves out does not exist for that user (404, no count, no name).
"""
