"""The words of packets in other languages: what is translated, and what stands beside it."""
