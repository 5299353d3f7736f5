"""CVs: read in a process of their own, remarked on, sealed at rest, seen by whom their owner chose, deleted
at their date."""
