"""Pools and their tasks."""

VIEW = "pool_view.PoolView"
