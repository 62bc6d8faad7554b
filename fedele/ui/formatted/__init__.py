"""Long texts that may be formatted: bold, links, lists, quotations; nothing more.

Such a text is kept twice: as plain text, which every door reads and writes, and as HTML, which only the editor writes. The
HTML counts as long as it says what the text says: who changes the text alone, by import, API or without JavaScript, has
changed the whole.
"""
