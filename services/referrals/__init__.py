"""Referrals: the directory of institutions, and the course of one referral from its design to its outcome."""
