"""What answers ask of a rating: questions they open, harms they name, bounds they set, facts beside them."""
