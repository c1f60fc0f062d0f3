"""The bank: claims, loans, and whether a safe order is left."""

VIEW = "bankers_view.BankersView"
