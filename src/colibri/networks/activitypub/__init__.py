"""ActivityPub without Django: documents, their text, signatures, WebFinger, and signed requests.

Servers speak it to one another. Here stands what is said and how it is proven, in `federation` who said it.
"""
