"""What knows all tables."""

from sqlalchemy import MetaData

metadata = MetaData()
