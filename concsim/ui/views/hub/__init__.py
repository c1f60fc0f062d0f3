"""gevent's hub and asyncio's loop."""

VIEW = "hub_view.HubView"
