"""Pages that join rooms: a collective's page, the seeker's home, the animator's day. No models, no writes."""
