"""What federation does: hear, receive and act upon it, speak and deliver."""

from colibri.federation.actions.hearing import hear, note_silence

__all__ = ["hear", "note_silence"]
