"""Rigorous arithmetic: exact points, balls and boxes, and what closed forms and matrix statements are worth there."""
