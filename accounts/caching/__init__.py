"""What all processes of the site count together: attempts to sign in, and codes that were used. JSON, never code."""
