"""The parts of one case as the profile `amparo` tells them, each read and checked in a file of its own."""
