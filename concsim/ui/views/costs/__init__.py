"""What each way costs."""

VIEW = "costs_view.CostsView"
