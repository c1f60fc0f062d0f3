"""The catalogue: a folder per topic; NAME.py, NAME.en.md and NAME.zh.md side by side. The programs are plain scripts."""
