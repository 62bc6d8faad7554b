"""The generic doors: list, board, calendar, page, form, bulk, exchange and API of every declared record type.

A department declares a record type once, in `record.py`; everything here reads the declaration. No concept is named
here. The ladder when a screen needs more: declare → give a template of your own → override a method of the record
type → write an ordinary view.
"""
