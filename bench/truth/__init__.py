"""Messages made from known events and dates, held against what the bot says of them; see FORMAT.md."""
