"""Labs from outside: started, spoken to, heard, ended."""
