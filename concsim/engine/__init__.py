"""The stepping engine: a program on virtual threads, of which a scheduler decides who goes next. No Qt, no other room."""

from concsim.engine.own_builtins import keep_builtins

keep_builtins()
