"""Every social network Colibri speaks, behind one protocol.

Each network converts only to and from the neutral items of `networks.items`;
nothing here knows Django or the database.
"""
