using System.Globalization;

namespace ConnectorDb.Core.Queries;

/// <summary>Checks a dataset query before anything is read.</summary>
internal static class DatasetCheck
{
    private const double MaxRows = 10_000_000;
    private const double MinStep = 0.001;
    private const string XColumn = "x";

    /// <exception cref="InvalidRangeException">The times of the rows are invalid or too many.</exception>
    /// <exception cref="InvalidValueException">A column is invalid.</exception>
    public static void Check(DatasetQuery query)
    {
        CheckColumns(query);
        if (query is { TimeZone: not null, Step: null })
        {
            throw new InvalidRangeException($"The dataset has the time zone '{query.TimeZone}' without a calendar step. Give a step such as 1d, 1w, 1mo, 1q or 1y, or leave out the zone.", query.TimeZone);
        }

        if (query.X.Count > 0)
        {
            CheckX(query);
        }
        else if (query.Step is { } step)
        {
            CheckCalendar(query, step);
        }
        else
        {
            CheckGrid(query, query.T1 ?? 0, query.T2 ?? 0, query.Dt ?? throw NoStep());
        }
    }

    private static void CheckColumns(DatasetQuery query)
    {
        if (query.Columns.Count == 0)
        {
            throw new InvalidValueException("A dataset needs at least one column.", query);
        }

        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (DatasetColumn column in query.Columns)
        {
            if (string.IsNullOrEmpty(column.Name))
            {
                throw new InvalidValueException("Every column of a dataset needs a name.", column);
            }

            if (!names.Add(column.Name))
            {
                throw new InvalidValueException($"The dataset has two columns called '{column.Name}'. Rename one of them.", column.Name);
            }

            if (column.Sources.Count == 0)
            {
                throw new InvalidValueException($"The column '{column.Name}' names no stream.", column.Name);
            }
        }
    }

    private static void CheckX(DatasetQuery query)
    {
        if (query.Dt is not (null or 0) || query.Step is not null)
        {
            throw new InvalidRangeException("The rows of a dataset come either every so many seconds (dt) or from a stream (x), not both. Leave one of them out.", query.Dt);
        }

        if (query.Stamp != RowStamp.End)
        {
            throw new InvalidRangeException("The rows of this dataset come from a stream (x), so they have no steps whose start could be their time. Leave out the stamp, or give a step (dt).", query.X[0].Stream);
        }

        if (query.T2 is not null)
        {
            throw new InvalidRangeException("The rows of this dataset come from a stream (x). Give the time they end to the query of that stream.", query.T2);
        }

        if (query.Columns.Any(column => column.Name == XColumn))
        {
            throw new InvalidValueException("A dataset over a stream already has a column called 'x': the values of that stream. Give yours another name.", XColumn);
        }
    }

    private static void CheckCalendar(DatasetQuery query, CalendarStep step)
    {
        double t1 = query.T1 ?? 0;
        if (query.Dt is not (null or 0))
        {
            throw new InvalidRangeException(string.Create(CultureInfo.InvariantCulture, $"The dataset has two steps, {Seconds(query.Dt.GetValueOrDefault())} and {step}. Leave one of them out."), query.Dt);
        }

        if (string.IsNullOrEmpty(query.TimeZone))
        {
            throw new InvalidRangeException($"How long {step} lasts depends on the time zone. Give one, such as 'Europe/Berlin' or 'UTC'.", step.ToString());
        }

        if (!(t1 >= 0) || query.T2 is not { } t2 || !double.IsFinite(t2))
        {
            throw new InvalidRangeException($"A dataset from {t1} to {query.T2} every {step} cannot be made: it starts in 1970 at the earliest, and has an end.", step.ToString());
        }

        if (DatasetSteps.Of(query) is { IsOver: true } times)
        {
            throw new InvalidRangeException($"The dataset has no room for a row: it goes from {Show(t1)} to {Show(t2)}, and the first row would be at {Show(times.Next)}. Give a longer range, or a shorter -Every.", query.T2);
        }
    }

    private static void CheckGrid(DatasetQuery query, double t1, double t2, double dt)
    {
        if (!(t1 >= 0) || !double.IsFinite(t2) || !double.IsFinite(dt))
        {
            throw new InvalidRangeException(string.Create(CultureInfo.InvariantCulture, $"A dataset from {t1} to {t2} every {Seconds(dt)} cannot be made: it starts in 1970 at the earliest, and has an end."), query);
        }

        if (dt <= 0)
        {
            throw new InvalidRangeException(string.Create(CultureInfo.InvariantCulture, $"The rows of a dataset lie {Seconds(dt)} apart; it must be more than 0. Give a longer -Every, or the stream of their times as -X."), query.Dt);
        }

        if (t2 < t1 + dt)
        {
            throw new InvalidRangeException(string.Create(CultureInfo.InvariantCulture, $"The dataset has no room for a row: it goes from {Show(t1)} to {Show(t2)}, one step is {Seconds(dt)}. Give a longer range, or a shorter -Every."), query.T2);
        }

        double rows = (t2 - t1) / dt;
        if (!query.Force && rows > MaxRows)
        {
            throw new InvalidRangeException($"The dataset would have {Count(rows)} rows. More than {Count(MaxRows)} are only made with Force.", query.Dt);
        }

        if (!query.Force && dt < MinStep)
        {
            throw new InvalidRangeException($"The rows of a dataset lie {Seconds(dt)} apart. Steps below a millisecond are only made with Force.", query.Dt);
        }

        if (dt < Math.BitIncrement(t2) - t2)
        {
            throw new InvalidRangeException(string.Create(CultureInfo.InvariantCulture, $"Times around {Show(t2)} cannot be told apart when they are {Seconds(dt)} apart. Take longer steps."), query.Dt);
        }
    }

    private static InvalidRangeException NoStep()
        => new("The dataset has no step, which is the number of seconds between its rows. Give a longer -Every, or the stream of their times as -X.", null);

    private static string Seconds(double dt) => $"{dt.ToString(dt is > 0 and < 1e-9 ? "0.#E+0" : "0.##########", CultureInfo.InvariantCulture)} {(dt == 1 ? "second" : "seconds")}";

    /// <summary>A number of rows; as a power of ten where its digits say nothing.</summary>
    private static string Count(double rows) => rows.ToString(rows < 1e15 ? "N0" : "0.#E+0", CultureInfo.InvariantCulture);

    private static string Show(double t) => UnixTime.ToDateTimeOffset(t).ToString("yyyy-MM-dd HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);
}
