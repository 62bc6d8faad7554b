"""The fixed numbers of the comparison, in bits: +1 makes it twice as likely that two are one, −1 half as likely.

A value shared counts as many bits as it is rare (see `rarity`); what follows is how much less a spelling that is only
alike counts, and how much a difference counts against. They say how people type and move, were set by hand from that,
and are the same for every file and archive.
"""

from __future__ import annotations

# --- Verdicts: the score is the probability that the two are one.
#: From here on a person is asked; below, the two are rather different than the same.
ASK = 0.5
#: From here on it is as good as certain: at most one in fifty may be wrong.
SAME = 0.9
#: Certain only with so many bits from something other than the name: a street, a phone, a birthday.
SUPPORT = 6.0
#: Certain in spite of another given name or surname only with so many bits from identifiers, birth or own mailbox.
IDENTIFIED = 12.0

#: A VAT number or tax code in common is always asked about, whatever else is different.
IDENTIFIER_IN_COMMON = 0.6

# --- Names of people.
#: One slip of the keys: ten times as many other names are one slip away as are equal.
SLIP = -2.5
#: Alike at a glance only.
FAINT = -7.0
#: Beppe for Giuseppe: somewhat fewer people are meant.
NICKNAME = -2.0
#: «Maria» for «Maria Grazia», «Rossi» for «Rossi Bianchi».
PART = -2.0
#: «G.» for Giuseppe: one name in twelve begins with that letter.
INITIAL = 2.5
#: Marco and Mario: one slip apart, but each a name of its own.
ANOTHER_NAME = -1.0
#: Silvio and Silvia: a slip of the keys less often than brother and sister.
OTHER_GENDER = -2.0
#: Given name and surname exchanged: one row in fifty.
EXCHANGED = -3.0
#: Few people are written down under another given name, fewer under another surname.
OTHER_GIVEN = -5.0
OTHER_SURNAME = -5.0

# --- Names of organisations.
#: A word the other name does not have, by how rare it is: it may be left out; or both say something else there.
WORD_LEFT_OUT = 0.22
WORD_INSTEAD = 0.75
OTHER_NAME = -9.0
#: «IBM» for «International Business Machines».
ACRONYM = 7.0
OTHER_FORM = -1.5
#: The whole name the same, nothing added: rarer than its words, which stand in many longer names.
WHOLE_NAME = 3.0
#: More than this no name says: whole names recur (chains, franchises, parishes).
NAME_AT_MOST = 22.0

# --- Where.
OTHER_STREET = -3.0
OTHER_NUMBER = -2.0
#: Of shops and firms in one street, at different numbers.
STREET_ALONE = 3.0
OTHER_CITY = -3.0
OTHER_POSTCODE = -2.5
OTHER_PROVINCE = -2.0
OTHER_LOCALITY = -1.0
OTHER_COUNTRY = -4.0

# --- How to reach them: people have several phones and mailboxes, a different one says little.
OTHER_PHONE = -1.0
#: A firm is more often known by one phone: a different one counts so many times as much.
ONE_PHONE = 2.0
#: A landline in common, but each a mobile of their own.
OTHER_MOBILE = -1.5
OTHER_EMAIL = -1.0
OTHER_DOMAIN = -1.5

# --- Identifiers, which are unique and for life: what differs is somebody else, unless mistyped.
OTHER_TAX_CODE = -11.0
OTHER_VAT = -8.0
OTHER_ID = -5.5
OTHER_BIRTH = -6.0
#: One character mistyped, or two exchanged.
SLIP_IN_CODE = -7.0
SLIP_IN_BIRTH = -5.0

# --- Who else it could be than a stranger, before names and identifiers are looked at.
#: Somebody else of the same surname at the same address: for each such pair there are two doubles in a dirty list.
FAMILY = 5.4
#: Somebody else in the same firm: same switchboard, same mailbox, same address; there are many.
COLLEAGUE = -2.5
#: Of a surname that colleagues share.
RELATIVE = 4.0
#: Another place of the same organisation, or another that is called the same.
BRANCH = 3.0
#: Another organisation behind the same door or phone: the same owner, the same accountant.
TENANT = -1.0
#: Of people at work: the employer in common, which colleagues have too.
COMPANY_AT_MOST = 8.0
OTHER_COMPANY = -2.0
