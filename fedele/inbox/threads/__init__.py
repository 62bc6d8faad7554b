"""Mail as one reads it: the list of what was written back and forth, a thread with its messages, one message by itself.

What came as HTML is shown cleaned, without scripts, styles and forms, and without pictures from elsewhere until somebody asks:
whoever wrote it learns nothing of its being opened.
"""
