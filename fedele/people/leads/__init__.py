"""A lead is a name, with the data of a business card, that may become a customer.

It lives from suspect to lead to hot lead; a cold one is cultivated or dies; a converted one becomes company,
contact and opportunity and stays as their past. It comes from lists, fairs, the web, mail, or a phone call.
"""
