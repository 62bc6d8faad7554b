"""A call that comes in, from the first ring: the telephone system names the number, the right screen shows whose it is.

It stands in the inbox because it is something a customer says to us, as mail is; what comes of it (a call written down, one to
make because nobody answered) is an activity of the calendar. Calls one makes oneself are not kept here.
"""
