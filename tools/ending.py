"""How a command ends: by its exit code, and in words where it cannot go on."""

import sys
from collections.abc import Callable


def finish(main: Callable[[], int], stopped: str) -> None:
    """Run a command and exit with its code.

    Bad input, a ValueError, is told in its own words; an interruption by `stopped`.
    """
    try:
        sys.exit(main())
    except ValueError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(f"\n{stopped}")
