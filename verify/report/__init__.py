"""The report is a pure function of results: one HTML file that needs nothing else."""

from verify.report.page import render, write, write_report

__all__ = ["render", "write", "write_report"]
