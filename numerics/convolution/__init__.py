"""Denoisers whose weight matrix is made of a filter: trained through autograd of their loss in the taps."""
