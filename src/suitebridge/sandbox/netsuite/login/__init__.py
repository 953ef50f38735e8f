"""Logins: OAuth 2.0 client credentials, token-based authentication, and the audit trail that alone says why.

Implements Oracle's help on OAuth 2.0 (158081944642, 158081952044, 158082518856, 162755359851, 158711892221)
and on token-based authentication (1534941088, 1534939551, 1534941295, 4381113277).
"""
