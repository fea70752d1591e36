"""The request form as plain decisions: what a message means to it, what it asks next. Nothing here keeps anything."""
