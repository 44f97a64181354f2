"""Running cases on their way in: the template, the columns, what stands in a row, and what of it the UPT has already."""
