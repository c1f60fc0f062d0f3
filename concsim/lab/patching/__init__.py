"""How the lab gets at what the program uses: modules as they come, methods, names, syntax trees."""
