"""`python -m fedele` is the command `fedele`."""

from fedele.cli import main

raise SystemExit(main())
