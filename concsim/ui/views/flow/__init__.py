"""Queues and pipes, and what is in them."""

VIEW = "flow_view.FlowView"
