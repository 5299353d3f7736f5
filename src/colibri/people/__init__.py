"""Accounts, identities on networks, roles, collectives and their charters, consents, blocks, notices."""
