"""What is said: kept in SQL or honestly refused, one turn at a time, contact details sealed before anything is kept."""
