"""A whole packet told as a file of the profile amparo, to send it round: what import_cases reads, and nothing that the site hands out."""
