"""What a learner has done, and what is due: `hopfield-edu progress` and `hopfield-edu review`. Private."""
