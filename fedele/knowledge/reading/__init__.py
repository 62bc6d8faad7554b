"""What is inside a file people gave us: its words for search, its pages to look at.

Nothing given is ever opened in the program that serves pages or does jobs. A child with little memory and little time opens it,
knows no database, and is ended when it takes too long: what is hostile or broken costs a line saying that it could not be read.
"""
