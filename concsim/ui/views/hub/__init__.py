"""gevent's hub and asyncio's loop."""
