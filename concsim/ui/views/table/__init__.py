"""A round table."""

VIEW = "table_view.TableView"
