"""When people work: the week of the company, the week of who works otherwise, public holidays and days the company is closed.

Calendar, load and free hours ask `times_of`. Nothing is forbidden outside these hours; it is shown, and warned of.
"""
