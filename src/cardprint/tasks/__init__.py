"""What single commands do beyond making cards, without a terminal: check, explain, verify, try out, begin a project,
compare editions and cards, place cards in other documents."""
