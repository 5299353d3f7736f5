"""A hand: what helpers give, what seekers ask for, who is paired with whom, what the two write each other.

What they write is sealed at rest and private between the two; a helper who falls silent is noticed, thanked
and relieved, and the seeker is told the truth.
"""
