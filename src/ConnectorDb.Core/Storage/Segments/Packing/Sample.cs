namespace ConnectorDb.Core.Storage.Segments.Packing;

/// <summary>Selects evenly spread runs that represent a long column when codecs are compared.</summary>
internal static class Sample
{
    public const int RunLength = 128;
    private const int Runs = 4;

    /// <summary>The maximum number of values of <see cref="Take{T}"/>.</summary>
    public const int Most = Runs * RunLength;

    public static int CountFor(int length) => length <= Most ? (length + RunLength - 1) / RunLength : Runs;

    /// <summary>The run of that number; only the last of a short column is shorter than the others.</summary>
    public static Range Run(int length, int run)
    {
        int start = length <= Most
            ? run * RunLength
            : (int)((long)(length - RunLength) * run / (Runs - 1));
        return start..Math.Min(start + RunLength, length);
    }

    /// <summary>Copies the runs side by side and returns the filled part of the buffer.</summary>
    public static Span<T> Take<T>(ReadOnlySpan<T> values, Span<T> room)
    {
        int taken = 0;
        for (int run = 0; run < CountFor(values.Length); run++)
        {
            ReadOnlySpan<T> part = values[Run(values.Length, run)];
            part.CopyTo(room[taken..]);
            taken += part.Length;
        }

        return room[..taken];
    }
}
