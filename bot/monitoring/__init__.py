"""Watches the running bot from outside and tells Prometheus: it changes nothing, and no label names anybody."""
