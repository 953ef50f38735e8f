"""HTTP for every connector: the session, the decision whether a call is repeated, and the hiding of secrets."""
