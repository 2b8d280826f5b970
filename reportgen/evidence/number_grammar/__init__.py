"""The numbers in English text: how they are written, what bounds them, their value and unit.

The grammar is our own because the libraries misread policy texts: quantulum3 reads "5G" as 5 gauss and "2019 SMA" as
siemens. pint takes twice as long to load as a whole check, and misreads policy units.
"""
