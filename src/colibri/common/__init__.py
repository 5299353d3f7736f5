"""What every room shares: states, work in the background, sealing, signing, mail, base templates."""
