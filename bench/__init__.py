"""Measurements: what each choice in the pipeline is worth, and what it costs."""

import os

# Set before Rasa is imported: a training step found in its cache would cost nothing, and be measured so.
os.environ["RASA_MAX_CACHE_SIZE"] = "0"
os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
