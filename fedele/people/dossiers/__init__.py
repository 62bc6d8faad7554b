"""The dossier of a customer on paper: what the sales rep carries along, made of what this reader may see today.

It is made of the same headings as briefings and the summary for the phone. It is kept nowhere; the journal says who took it out.
Many at once wait as one ZIP, for whoever asked, until the next night but one.
"""
