"""The case folder on disk: YAML files that a person can write and git can keep.

A fault names its file, line and path. In a path, things are called by their ids, and those
without one by their place, counted from 1: ``issues.water.options[2]``.
"""
