"""Who may be contacted, for what and how: consents and refusals by person, purpose and channel, none of them ever changed.

It decides for every list, button and mailing by one rule, the refusal wins; it is not the mailing or the call itself.
It comes from forms, links, telephone calls, paper, and from the public register of who does not want to be called.
"""
