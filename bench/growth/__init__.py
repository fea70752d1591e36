"""What becomes of a turn as the bot's load grows: long talks, many stored ones, more knowledge, a second replica."""
