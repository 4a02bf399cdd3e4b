"""`python -m cardprint`."""

from cardprint.cli import main

if __name__ == "__main__":
    main()
