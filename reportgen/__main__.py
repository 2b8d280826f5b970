"""`python -m reportgen`."""

import os
import sys


def run() -> None:
    """Run the command line and exit with its code."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # this process loads no plugin, so it looks for none
    from reportgen.cli import main

    sys.exit(main())


if __name__ == "__main__":
    run()
