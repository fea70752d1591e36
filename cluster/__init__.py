"""Several replicas of the bot on this machine, as a group of clinics would run them: see ``python -m cluster``."""
