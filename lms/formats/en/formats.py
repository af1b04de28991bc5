"""Days as English writes them."""

DATE_FORMAT = "F j, Y"  # November 28, 2026
DATETIME_FORMAT = "F j, Y, g:i a"
MONTH_DAY_FORMAT = "F j"
YEAR_MONTH_FORMAT = "F Y"
LONG_DAY_FORMAT = "l, F j"  # Saturday, November 28
FULL_DAY_FORMAT = "l, F j, Y"
FULL_MOMENT_FORMAT = "l, F j, g:i a"
SHORT_DAY_FORMAT = "M j"  # Nov 28
SHORT_DATE_OF_YEAR_FORMAT = "M j, Y"
MOMENT_FORMAT = "M j, g:i a"
WEEKDAY_MOMENT_FORMAT = "D, M j, g:i a"
WEEKDAY_TIME_FORMAT = "D, g:i a"
