"""Documents of sales, purchases and the ledger: made by create or from one another, changed, and deleted."""
