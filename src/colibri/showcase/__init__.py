"""What a collective shows beside its messages: articles its members write, and what it found worth reading.

Members write, animators review, the clock publishes; what other sites wrote is passed on with a word, never
whole.
"""
