"""What every part of concsim shares: events, programs, recordings, the state of a run.

Standard library only. The modules that the lab imports run on CPython 3.9 and later.
"""
