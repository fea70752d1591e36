"""The SMS channel: texts come in over Twilio's webhooks, wait in a durable inbox, and are answered one by one."""
