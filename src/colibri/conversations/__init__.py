"""Conversations nobody else can read: encrypted and signed in the browsers of those who talk.

The server keeps public keys, wrapped secrets and sealed messages; it checks order, size and who may write.
`script/` is what runs in the browser; docs/reference/conversations.md says how it all fits.
"""
