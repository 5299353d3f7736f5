"""The path around a search: workshops and lives, and programmes that people walk step by step, in cohorts.

Members propose workshops, animators agree, people take a place or wait for one; calendars and letters follow.
Organisers make programmes in their own words and open cohorts, to which partners lend a hand.
"""
