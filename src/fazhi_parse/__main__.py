"""`python -m fazhi_parse` is the command line."""

import sys

from .cli import main

sys.exit(main())
