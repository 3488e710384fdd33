"""Ways out of the house: e-mail and SMS. They send; what it means for a case is decided above.

Each channel is one function `(Parcel) -> Receipt`, chosen by name in `deliver`. Paper, registers and the personal account have
none: they leave as files and lists.
"""
