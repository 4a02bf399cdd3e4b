"""Invented editions: a framework and a seed become the files of a dataset that says everywhere that it is a sample."""

from cardprint.sample.files import SAMPLE_HEADER, sample_files

__all__ = ["SAMPLE_HEADER", "sample_files"]
