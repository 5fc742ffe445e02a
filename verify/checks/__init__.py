"""One lane of evidence a file: each check tries to break a claim in its own way."""
