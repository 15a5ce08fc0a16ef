"""What a class knows and what it gets wrong: `hopfield-edu class`. Private: the command is the interface."""
