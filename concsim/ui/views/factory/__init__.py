"""The phone factory."""

VIEW = "factory_view.FactoryView"
