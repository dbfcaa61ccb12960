namespace ConnectorDb.Timestamps;

/// <summary>
/// Gives the rows of a table their times. Local times of the hour that occurs twice wait until the order of the rows says which one they
/// are: the rows before the clock goes back are of the first hour, those after it of the second. Where the order does not say it, they
/// are refused.
/// </summary>
/// <param name="accept">Takes a row with its time in unix seconds; in the order of the rows.</param>
/// <param name="refuse">Takes a row without a time, and the reason.</param>
/// <param name="isDescending">The rows go from the newest to the oldest.</param>
public sealed class TimestampRows<TRow>(TimestampParser parser, Action<TRow, double> accept, Action<TRow, string> refuse, bool isDescending = false)
{
    /// <summary>Longer than any hour that occurs twice, in seconds.</summary>
    private const double LongestHour = 3 * 3600;

    private readonly List<(TRow Row, double First, double Second, string Text)> _waiting = [];
    private double _previous = double.NaN;
    private bool _hasEqualTimes;

    /// <summary>Reads the texts.</summary>
    public TimestampParser Parser => parser;

    /// <summary>How many rows wait for the order of the next rows.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Reads the time of a row.</summary>
    public void Add(ReadOnlySpan<char> text, TRow row)
    {
        if (parser.TryParse(text, out double first, out double second, out string? reason))
        {
            Add(first, second, text, row);
        }
        else
        {
            refuse(row, reason!);
        }
    }

    /// <summary>Reads a time of .NET.</summary>
    public void Add(DateTime time, TRow row)
    {
        if (parser.TryConvert(time, out double first, out double second, out string? reason))
        {
            Add(first, second, first == second ? [] : IsoText.OfLocal(time), row);
        }
        else
        {
            refuse(row, reason!);
        }
    }

    /// <summary>Takes a row with a time that is known, in unix seconds; NaN for none.</summary>
    public void Add(double time, TRow row)
    {
        if (_waiting.Count > 0)
        {
            Decide(time);
        }

        _hasEqualTimes |= time == _previous;
        _previous = time;
        accept(row, time);
    }

    /// <summary>Refuses a row whose time is none.</summary>
    public void Refuse(TRow row, string reason) => refuse(row, reason);

    /// <summary>Decides about the rows that wait, after the last row.</summary>
    public void Complete() => Decide(double.NaN);

    private void Add(double first, double second, ReadOnlySpan<char> text, TRow row)
    {
        if (first == second)
        {
            Add(first, row);
            return;
        }

        if (_waiting.Count > 0 && Math.Abs(first - _waiting[0].First) > LongestHour)
        {
            Decide(first);
        }

        _waiting.Add((row, first, second, text.ToString()));
    }

    private void Decide(double next)
    {
        if (_waiting.Count == 0)
        {
            return;
        }

        // Read from the oldest to the newest, descending rows are in the order of the clock.
        if (isDescending)
        {
            _waiting.Reverse();
            (_previous, next) = (next, _previous);
        }

        int back = PlaceOfTurn(next);
        (TRow Row, double First, double Second, string Text)[] decided = [.. _waiting];
        _waiting.Clear();
        for (int step = 0; step < decided.Length; step++)
        {
            int i = isDescending ? decided.Length - 1 - step : step;
            (TRow row, double first, double second, string text) = decided[i];
            if (back < 0)
            {
                refuse(row, parser.Repeated(text, first, second));
                continue;
            }

            _previous = i < back ? first : second;
            accept(row, _previous);
        }
    }

    /// <summary>
    /// The row with which the clock goes back: the only one that is earlier than the row before it, between an earlier and a later
    /// neighbour, or between rows that go forward at least twice, which a table with the newest first does once. In a table where no two
    /// times are equal, that is also a row of the same time.
    /// </summary>
    /// <returns>-1 when the order does not say it.</returns>
    private int PlaceOfTurn(double next)
    {
        int turn = -1;
        int equal = -1;
        int forward = 0;
        for (int i = 1; i < _waiting.Count; i++)
        {
            double step = _waiting[i].First - _waiting[i - 1].First;
            if (step < 0 && turn >= 0)
            {
                return -1;
            }

            turn = step < 0 ? i : turn;
            forward += step > 0 ? 1 : 0;
            equal = step > 0 ? equal : step < 0 ? equal : equal < 0 ? i : int.MaxValue;
        }

        bool isByEqual = turn < 0 && equal is > 0 and < int.MaxValue && !_hasEqualTimes;
        turn = isByEqual ? equal : turn;
        bool isAscending = forward > 1 || !double.IsNaN(_previous) || !double.IsNaN(next);
        return turn > 0 && isAscending && !(_previous > _waiting[0].First) && !(next < _waiting[^1].Second) ? turn : -1;
    }
}
