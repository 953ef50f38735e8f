"""Local servers that behave like the vendors' systems, written from the vendors' documents."""
