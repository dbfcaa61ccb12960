using System.Globalization;

namespace ConnectorDb.Timestamps;

/// <summary>
/// ISO 8601-1:2019: calendar, week and ordinal dates with their day, basic and extended, with decimals of a second. Also common variants: a
/// space instead of T, slashes or dots in a date with the year first, AM and PM, and zones as Go and Ruby print them.
/// </summary>
internal static class Iso8601
{
    private const int SecondsPerDay = 86400;

    /// <param name="calendar">The calendar of dates with slashes or dots; null for the Gregorian one, which is that of ISO 8601.</param>
    public static bool TryParse(ReadOnlySpan<char> text, Calendar? calendar, out LocalTime time)
    {
        time = default;
        Cursor at = new(text);
        if (!TryReadDate(ref at, calendar, out DateOnly date, out bool isOrdinalNumber))
        {
            return false;
        }

        long clock = (date.DayNumber - (long)DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber) * SecondsPerDay;
        if (at.IsAtEnd)
        {
            time = new LocalTime(clock, [], null);
            return !isOrdinalNumber;
        }

        // The date of XML Schema. After a date, -05 may be an hour.
        if (at.Peek is 'Z' or 'z' or '+')
        {
            bool isDate = IsoOffset.TryRead(ref at, out long? zone);
            time = new LocalTime(clock, [], zone);
            return isDate && at.IsAtEnd && !isOrdinalNumber;
        }

        bool isSeparated = at.Take('T') || at.Take('t') || at.TakeSpaces();
        if (!isSeparated || !TryReadClock(ref at, out int second, out ReadOnlySpan<char> decimals, out bool isLeapSecond))
        {
            return false;
        }

        bool isZone = IsoOffset.TryRead(ref at, out long? offset);
        time = new LocalTime(clock + second, decimals, offset) { IsLeapSecond = isLeapSecond };
        return isZone && at.IsAtEnd;
    }

    private static bool TryReadDate(ref Cursor at, Calendar? calendar, out DateOnly date, out bool isOrdinalNumber)
    {
        date = default;
        isOrdinalNumber = false;
        switch (at.CountDigits())
        {
            case 4:
                return TryReadYearFirst(ref at, at.TakeNumber(4), calendar, out date);
            case 7:
                isOrdinalNumber = true;
                return TryOrdinal(at.TakeNumber(4), at.TakeNumber(3), out date);
            case 8:
                return TryDate(at.TakeNumber(4), at.TakeNumber(2), at.TakeNumber(2), out date);
            default:
                return false;
        }
    }

    private static bool TryReadYearFirst(ref Cursor at, int year, Calendar? calendar, out DateOnly date)
    {
        date = default;
        char separator = at.Peek;
        if (separator is 'W' or 'w')
        {
            return TryReadWeek(ref at, year, isExtended: false, out date);
        }

        if (separator is not ('-' or '/' or '.'))
        {
            return false;
        }

        at.Take(separator);
        if (separator == '-' && at.Peek is 'W' or 'w')
        {
            return TryReadWeek(ref at, year, isExtended: true, out date);
        }

        int digits = at.CountDigits();
        if (separator == '-' && digits == 3)
        {
            return TryOrdinal(year, at.TakeNumber(3), out date);
        }

        if (digits is not (1 or 2))
        {
            return false;
        }

        // A month alone is no time: data of a month may be dated at its start, its middle or its end.
        int month = at.TakeNumber(digits);
        if (!at.Take(separator) || at.CountDigits() is not ((1 or 2) and int days))
        {
            return false;
        }

        int day = at.TakeNumber(days);
        return separator == '-' || calendar is null ? TryDate(year, month, day, out date) : TryDate(calendar, year, month, day, out date);
    }

    private static bool TryReadWeek(ref Cursor at, int year, bool isExtended, out DateOnly date)
    {
        date = default;
        at.Skip(1);
        int digits = at.CountDigits();
        if (digits != 2 && (isExtended || digits != 3))
        {
            return false;
        }

        int week = at.TakeNumber(2);
        bool hasDay = digits == 3 || (isExtended && at.Take('-'));
        if (!hasDay || at.CountDigits() != 1)
        {
            return false;
        }

        int day = at.TakeNumber(1);
        if (year is 0 or 9999 || day is < 1 or > 7 || week < 1 || week > ISOWeek.GetWeeksInYear(year))
        {
            return false;
        }

        date = DateOnly.FromDateTime(ISOWeek.ToDateTime(year, week, (DayOfWeek)(day % 7)));
        return true;
    }

    private static bool TryOrdinal(int year, int day, out DateOnly date)
    {
        bool isDay = year > 0 && day > 0 && day <= (DateTime.IsLeapYear(year) ? 366 : 365);
        date = isDay ? new DateOnly(year, 1, 1).AddDays(day - 1) : default;
        return isDay;
    }

    private static bool TryDate(int year, int month, int day, out DateOnly date)
    {
        bool isDay = year > 0 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        date = isDay ? new DateOnly(year, month, day) : default;
        return isDay;
    }

    private static bool TryDate(Calendar calendar, int year, int month, int day, out DateOnly date)
    {
        date = default;
        try
        {
            date = DateOnly.FromDateTime(calendar.ToDateTime(year, month, day, 0, 0, 0, 0));
            return true;
        }
        catch (ArgumentOutOfRangeException)
        {
            // A calendar has no method that checks a date.
            return false;
        }
    }

    /// <summary>Reads hours, minutes and seconds. 24:00 is the end of the day, and second 60 the second after it.</summary>
    private static bool TryReadClock(scoped ref Cursor at, out int second, out ReadOnlySpan<char> decimals, out bool isLeapSecond)
    {
        isLeapSecond = false;
        second = 0;
        decimals = [];
        int digits = at.CountDigits();
        bool isBasic = digits is 4 or 6;
        if (!isBasic && digits is not (1 or 2))
        {
            return false;
        }

        int hour = at.TakeNumber(isBasic ? 2 : digits);
        int minute = 0;
        int seconds = 0;
        bool hasMinute = isBasic || at.Take(':');
        if (!hasMinute && digits == 1)
        {
            return false;
        }

        if (hasMinute && !at.TryTakeTwo(out minute))
        {
            return false;
        }

        bool hasSeconds = digits == 6 || (hasMinute && !isBasic && at.Take(':'));
        if (hasSeconds && (!at.TryTakeTwo(out seconds) || !at.TryTakeDecimals(out decimals)))
        {
            return false;
        }

        if (at.TryTakeHalfOfDay(out bool isAfternoon))
        {
            if (!hasMinute || hour is < 1 or > 12)
            {
                return false;
            }

            hour = (hour % 12) + (isAfternoon ? 12 : 0);
        }

        second = (((hour * 60) + minute) * 60) + seconds;
        isLeapSecond = seconds == 60;
        bool isEndOfDay = hour == 24 && second == SecondsPerDay && decimals.IndexOfAnyExcept('0') < 0;
        return minute < 60 && (seconds < 60 || isLeapSecond) && (hour < 24 || isEndOfDay);
    }
}
