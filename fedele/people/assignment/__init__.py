"""New names find their person by themselves: ordered rules, a table of areas, turns, load and capacity.

The first rule that holds decides; whoever is away is stood in for; what nobody may have waits in the queue of the back office.
Every name remembers which rule gave it to whom, and whoever gets names is told once, however many they are.
"""
