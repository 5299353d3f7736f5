"""What a collective offers to follow on Bluesky: its feeds, the list of its relays, a starter pack.

`catalogue` names the feeds, `queries` orders them, `views` answers Bluesky's servers, `actions` writes the
records that make them known; `feed_urls` has the addresses and `feed_models` the row.
"""
