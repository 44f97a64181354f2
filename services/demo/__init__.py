"""Demo data: invented people walked through the real process, the same way the tests walk theirs."""
