namespace ConnectorDb.Core.Logging.Delivery;

/// <summary>How long to leave a destination alone after it has failed several times in a row.</summary>
internal static class Backoff
{
    private const double First = 1;
    private const int MostDoublings = 20;
    private const double Spread = 0.2;

    /// <summary>
    /// Doubles from a second on, up to <paramref name="longest"/>, less up to a fifth by chance, so that many loggers do not
    /// come at once.
    /// </summary>
    /// <param name="failures">From 1.</param>
    /// <param name="asked">What the destination itself asks for; it wins.</param>
    /// <param name="chance">From 0 to 1.</param>
    public static TimeSpan After(int failures, TimeSpan longest, TimeSpan? asked, double chance)
    {
        if (asked is { } given && given > TimeSpan.Zero)
        {
            return given;
        }

        double doubled = First * Math.Pow(2, Math.Min(failures - 1, MostDoublings));
        return TimeSpan.FromSeconds(Math.Min(doubled, Math.Max(First, longest.TotalSeconds)) * (1 - (Spread * chance)));
    }
}
