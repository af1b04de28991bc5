"""Days as Arabic writes them."""

LONG_DAY_FORMAT = "l j F"
FULL_DAY_FORMAT = "l j F Y"
SHORT_DAY_FORMAT = "j F"
SHORT_DATE_OF_YEAR_FORMAT = "j F Y"
MOMENT_FORMAT = "j F، g:i a"
WEEKDAY_MOMENT_FORMAT = "l j F، g:i a"
WEEKDAY_TIME_FORMAT = "l، g:i a"
