"""The case folder on disk: YAML files that a person can write and git can keep."""
