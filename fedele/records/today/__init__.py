"""Today: the page a person works on all day.

Departments declare its blocks (`blocks.py`), what there is to do (`work.py`) and the numbers of a person (`indicators.py`);
each person arranges the blocks to their liking. What a department has not built leaves no hole: nobody declared it.
"""
