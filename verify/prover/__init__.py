"""The search for certificates: nothing here is trusted, for the kernel checks what it is handed."""
