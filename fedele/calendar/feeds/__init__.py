"""The secret address under which a program on the phone or at the desk reads what one person has planned.

Who knows the address reads it, without a sign-in: so it is long, kept as a hash, shown once, and gone when it is made anew.
"""
