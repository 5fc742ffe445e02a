"""Claims, the kernel that decides them, the checks that attack them, verdicts and reports."""
