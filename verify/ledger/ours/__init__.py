"""Claims of our own: corrections of printed ones, and theorems beyond them."""
