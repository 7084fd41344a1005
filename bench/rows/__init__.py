"""The data of the bench, written as rows and not through instances and verbs: a hundred thousand cases in minutes."""
