"""What the pages of a case show, as plain data that the fragments draw."""
