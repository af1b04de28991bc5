"""Days as Spanish writes them."""

LONG_DAY_FORMAT = r"l j \d\e F"  # sábado 28 de noviembre
FULL_DAY_FORMAT = r"l j \d\e F \d\e Y"
FULL_MOMENT_FORMAT = r"l j \d\e F, g:i a"
SHORT_DAY_FORMAT = "j M"
SHORT_DATE_OF_YEAR_FORMAT = "j M Y"
MOMENT_FORMAT = "j M, g:i a"
WEEKDAY_MOMENT_FORMAT = "D j M, g:i a"
WEEKDAY_TIME_FORMAT = "D, g:i a"
TIME_FORMAT = "g:i a"
DATETIME_FORMAT = r"j \d\e F \d\e Y, g:i a"
