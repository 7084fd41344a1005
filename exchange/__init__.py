"""Cases in and out: files of other programs and of ours, read by profile. docs/exchange.md tells the fields."""
