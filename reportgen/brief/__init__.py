"""The brief: the structured summary of an article from which memo and deck are both made."""

from reportgen.brief.loader import load_brief
from reportgen.brief.model import Brief

__all__ = ["Brief", "load_brief"]
