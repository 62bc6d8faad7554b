"""Teams form a tree; who leads a team sees what those below it see."""
