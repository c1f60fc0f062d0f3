"""What each costs, and the phone factory."""

COSTS = {
    "generator": {
        "create": {"median": 1.43e-7, "low": 1.42e-7, "high": 1.46e-7, "repeats": 50},
        "switch": {"median": 3.2e-8, "low": 3.1e-8, "high": 3.3e-8, "repeats": 50},
        "memory": {"median": 249.8, "low": 247.8, "high": 251.9, "repeats": 5},
    },
    "greenlet": {
        "create": {"median": 1.324e-5, "low": 8.08e-6, "high": 1.658e-5, "repeats": 50},
        "switch": {"median": 1.923e-7, "low": 1.91e-7, "high": 2.61e-7, "repeats": 50},
        "memory": {"median": 5545.9, "low": 5537.7, "high": 5554.1, "repeats": 5},
    },
    "process": {
        "create": {"median": 1.799e-3, "low": 1.797e-3, "high": 2.2e-3, "repeats": 50},
        "switch": {"median": 1.07e-5, "low": 1.059e-5, "high": 1.119e-5, "repeats": 50},
        "memory": {"median": 1347584, "low": 1277952, "high": 1429504, "repeats": 5},
    },
    "thread": {
        "create": {"median": 6.42e-5, "low": 5.6e-5, "high": 1.944e-4, "repeats": 50},
        "switch": {"median": 6.05e-6, "low": 5.87e-6, "high": 6.2e-6, "repeats": 50},
        "memory": {"median": 14336.0, "low": 12697.6, "high": 15564.8, "repeats": 5},
    },
}
