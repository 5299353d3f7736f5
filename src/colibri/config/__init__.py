"""Settings, addresses, the command line and what starts the program: the top floor."""
