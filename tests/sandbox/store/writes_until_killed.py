"""Writes orders of three lines into the store of that path, one a commit, and says each number when it is safe."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from rows import header, line

from suitebridge.sandbox.netsuite.store import Store

if __name__ == "__main__":
    path = Path(sys.argv[1])
    store = Store.open(path) if path.exists() else Store.create(path)
    while True:
        with store.writing() as tx:
            number = tx.next_id("transaction")
            tx.insert("transaction", header(number))
            for position in range(3):
                tx.insert("transactionline", line(number, position, tx.next_id("transactionline")))
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
