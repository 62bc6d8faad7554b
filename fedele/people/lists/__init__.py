"""A list is where names came from: bought, collected at a fair or on the web, received from a partner, or our own archive.

It keeps vendor, date, cost and on what legal basis its names may be contacted; until these are filled in and declared
ready, nobody on it may be. It is not a selection of records (that is a saved view), and comes with the import of a file.
"""
