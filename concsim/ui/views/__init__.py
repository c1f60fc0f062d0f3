"""A folder for each view; its name is what a program's block asks for.

A view is handed the run, the marks and the theme, draws the run's state, and keeps no copy of it. Its folder says in its
``__init__`` what its `VIEW` is, "file.Class", and what a run must observe for it alone, its `NEEDS`. Nothing else has to
know of it (see `concsim.model.programs.views`).
"""
