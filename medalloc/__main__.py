"""Run the command line: `python -m medalloc`."""

from medalloc.cli import main

if __name__ == "__main__":
    main()
