"""Addresses mail came back from: whoever writes there again is told first, and nothing leaves by itself.

For good after one report that there is no such address, or after several in a row that it could not take mail. It is over when
mail comes from there, when a letter arrives there, or when somebody says that the address works again.
"""
