"""Linear velocity fields under flow matching, trained on their loss, and the law that they carry from noise to data."""
