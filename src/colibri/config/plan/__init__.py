"""`colibri plan`: the plan of a day from tables, without any server."""
