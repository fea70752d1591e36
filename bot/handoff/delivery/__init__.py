"""The ways out to the clinic: e-mail, a signed webhook, a line on the console."""
