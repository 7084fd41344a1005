"""Measures the product beside its budgets, and beside two small baselines, in one process on made-up cases."""
