"""``python -m suitebridge``."""

from suitebridge.cli import main

main()
