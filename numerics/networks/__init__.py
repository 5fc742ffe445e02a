"""Practical denoisers, trained as in appendix I, and what is measured on them; torch is loaded when one is built."""
