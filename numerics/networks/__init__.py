"""Networks that are trained: linear ones with exact laws, practical ones as in appendix I. Torch is loaded late."""
