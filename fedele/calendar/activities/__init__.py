"""A task, a call, a meeting, an e-mail to write, a follow-up: planned by somebody, done with an outcome and a next step.

It is not what happened by itself (that is the journal), nor a stage of a sale. It belongs to a customer and perhaps to one
of their records; who was asked by a colleague says that they have seen it, so that nothing handed over is lost.
"""
