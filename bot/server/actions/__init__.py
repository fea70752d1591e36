"""The custom actions: in the bot's own process, or on an action server of their own."""
