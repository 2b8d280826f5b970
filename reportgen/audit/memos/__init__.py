"""Audits of memos."""
