"""Bimbingan lanjut: when former clients are visited, what is found, what they are given, what became of them."""
