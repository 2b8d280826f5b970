"""`python -m reportgen`."""

import atexit
import os
import sys
from contextlib import suppress


def run() -> None:
    """The command line as a process: how a command ended becomes how the process ends.

    Once everybody has been told at exit, nothing is taken apart: to free each object that a document was made of
    takes a tenth of a command's time, and the system frees them all at once.
    """
    codes: list[int] = []
    atexit.register(_leave, codes)  # before anybody else, and therefore called last
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # none is searched for in each installed package
    from reportgen.cli import main

    codes.append(main())
    sys.exit(codes[0])


def _leave(codes: list[int]) -> None:
    """End with that code; without one, as Python itself would (a usage error, a traceback)."""
    if codes:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError):
                stream.flush()
        os._exit(codes[0])


if __name__ == "__main__":
    run()
