"""Running cases on their way in: template, columns, what stands in a row, and what of it the UPT has already."""
