"""The path around a search: workshops and lives, and later whatever a programme's steps lead to.

Members propose, animators agree, people take a place or wait for one; calendars and letters follow.
"""
