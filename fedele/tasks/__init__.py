"""What runs later: jobs, their schedule, and the progress a person can watch.

`@job` makes a function that is enqueued inside the transaction of the act that wants it, so a rolled-back act
leaves no job behind. A worker runs it at least once: a job that failed is tried again, a job whose worker died is
given to another, and a worker that lost its job while it slept can finish nothing.
"""
