"""Who follows whom, as keyed hashes and a class; engagement; distinct reach."""
