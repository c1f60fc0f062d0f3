"""The lab while it steps: it drives the engine, or records line by line."""
