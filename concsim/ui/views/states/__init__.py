"""The operating system's three states."""

VIEW = "os_states_view.OsStatesView"
NEEDS = ("system",)
