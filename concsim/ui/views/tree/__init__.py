"""Who started whom."""

VIEW = "process_tree_view.ProcessTreeView"
