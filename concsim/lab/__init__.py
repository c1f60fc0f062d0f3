"""The lab: the process in which a program runs, observed from outside. No Qt; CPython 3.9 and later, stdlib only."""
