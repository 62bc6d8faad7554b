"""What happened, who did it, and who reacts.

One append-only table. Timeline, audit, notices, undo, field history and indicators all read it;
nobody who needs "what happened" keeps a record of their own.
"""
