namespace ConnectorDb.Core.Queries;

/// <summary>The starts of calendar units in a time zone, in unix seconds: each n-th from the first one at or after a time.</summary>
/// <remarks>A day that a zone skips starts with the next one, and that start is given once. A midnight that occurs twice is the first of the two.</remarks>
internal sealed class CalendarGrid
{
    private const int DaysPerWeek = 7;
    private const int MonthsPerQuarter = 3;
    private const int MonthsPerYear = 12;

    private readonly CalendarStep _step;
    private readonly TimeZoneInfo _zone;
    private readonly long _first;

    /// <param name="from">Unix seconds.</param>
    public CalendarGrid(CalendarStep step, TimeZoneInfo zone, double from)
    {
        _step = step;
        _zone = zone;
        _first = UnitAt(from);
        while (StartOf(_first) < from)
        {
            _first++;
        }
    }

    /// <summary>The first start.</summary>
    public double First => StartOf(_first);

    /// <summary>The length of the longest step, in seconds, with a day for changes of the clock.</summary>
    public double LongestStep => TimeSpan.FromDays(1 + (_step.Count * LongestUnit)).TotalSeconds;

    private double LongestUnit => _step.Unit switch
    {
        CalendarUnit.Day => 1,
        CalendarUnit.Week => DaysPerWeek,
        CalendarUnit.Month => 31,
        CalendarUnit.Quarter => 92,
        _ => 366,
    };

    /// <summary>The first start later than a time; infinite after the year 9998.</summary>
    public double After(double time)
    {
        long unit = OnGrid(UnitAt(time));
        double start;
        while ((start = StartOf(unit)) <= time)
        {
            unit += _step.Count;
        }

        return start;
    }

    /// <summary>The last start before a time.</summary>
    public double Before(double time)
    {
        long unit = OnGrid(UnitAt(time)) + _step.Count;
        double start;
        while ((start = StartOf(unit)) >= time)
        {
            unit -= _step.Count;
        }

        return start;
    }

    /// <summary>The unit of the grid that is or precedes the given one.</summary>
    private long OnGrid(long unit) => unit - (((unit - _first) % _step.Count + _step.Count) % _step.Count);

    /// <summary>The number of the unit that contains a time, counted from that of 1 January of the year 1, a Monday.</summary>
    private long UnitAt(double time)
    {
        DateTime date = TimeZoneInfo.ConvertTime(UnixTime.ToDateTimeOffset(time), _zone).Date;
        int day = DateOnly.FromDateTime(date).DayNumber;
        int month = ((date.Year - 1) * MonthsPerYear) + date.Month - 1;
        return _step.Unit switch
        {
            CalendarUnit.Day => day,
            CalendarUnit.Week => day / DaysPerWeek,
            CalendarUnit.Month => month,
            CalendarUnit.Quarter => month / MonthsPerQuarter,
            _ => month / MonthsPerYear,
        };
    }

    private double StartOf(long unit) => _step.Unit switch
    {
        CalendarUnit.Day => StartOfDay(unit),
        CalendarUnit.Week => StartOfDay(unit * DaysPerWeek),
        CalendarUnit.Month => StartOfMonth(unit),
        CalendarUnit.Quarter => StartOfMonth(unit * MonthsPerQuarter),
        _ => StartOfMonth(unit * MonthsPerYear),
    };

    private double StartOfMonth(long month)
    {
        long year = (month / MonthsPerYear) + 1;
        return year >= DateOnly.MaxValue.Year
            ? double.PositiveInfinity
            : StartOfDay(new DateOnly((int)year, (int)(month % MonthsPerYear) + 1, 1).DayNumber);
    }

    /// <summary>The first instant at which the clock of the zone shows the day or a later one.</summary>
    private double StartOfDay(long day)
    {
        if (day >= DateOnly.MaxValue.DayNumber - MonthsPerYear)
        {
            return double.PositiveInfinity;
        }

        DateTime midnight = DateTime.SpecifyKind(DateOnly.FromDayNumber((int)day).ToDateTime(TimeOnly.MinValue), DateTimeKind.Utc);
        TimeSpan before = _zone.GetUtcOffset(midnight.AddDays(-1));
        TimeSpan after = _zone.GetUtcOffset(midnight.AddDays(1));
        DateTime early = midnight - (before > after ? before : after);
        DateTime late = midnight - (before > after ? after : before);
        DateTime start = Shows(early, midnight) ? early : Shows(late, midnight) ? late : EndOfGap(midnight);
        return UnixTime.FromDateTimeOffset(start);
    }

    private bool Shows(DateTime instant, DateTime clock) => instant + _zone.GetUtcOffset(instant) == clock;

    /// <summary>The instant at which the clock goes forward past a time that it does not show.</summary>
    private DateTime EndOfGap(DateTime clock)
    {
        DateTime earlier = clock.AddDays(-1);
        DateTime end = clock.AddDays(1);
        while (end - earlier > TimeSpan.FromTicks(1))
        {
            DateTime middle = earlier + ((end - earlier) / 2);
            bool isPast = middle + _zone.GetUtcOffset(middle) >= clock;
            (earlier, end) = isPast ? (earlier, middle) : (middle, end);
        }

        return end;
    }
}
