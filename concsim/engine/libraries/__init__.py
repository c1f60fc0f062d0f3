"""What libraries hold while a program is stepped: locks, containers and objects, threads of their own."""
