"""Who waits for whom."""

VIEW = "wait_graph_view.WaitGraphView"
