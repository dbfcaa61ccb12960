namespace ConnectorDb.Core.Protocol.Queries;

/// <summary>
/// The range of a query in the protocol, where 0 means "not set". A real 0 is sent as an adjacent number with the same meaning, so
/// that empty slices and the time 0 can be requested.
/// </summary>
internal readonly record struct WireRange(long? I1, long? I2, double? T1, double? T2, long? Limit)
{
    /// <summary>An index after all data.</summary>
    private static readonly WireRange s_nothing = new(null, null, null, -double.MaxValue, null);

    /// <summary>The range to send.</summary>
    public static WireRange Of(DataQuery query) => query.Limit is 0 || query.I2 is 0
        ? s_nothing
        : new(query.I1 is 0 ? null : query.I1, query.I2, Time(query.T1), Time(query.T2), query.Limit);

    /// <summary>The query with the received range.</summary>
    public DataQuery ApplyTo(DataQuery query) => query with
    {
        I1 = I1 is 0 ? null : I1,
        I2 = I2 is 0 ? null : I2,
        T1 = T1 is 0 ? null : T1,
        T2 = T2 is 0 ? null : T2,
        Limit = Limit is <= 0 ? null : Limit,
    };

    private static double? Time(double? t) => t switch
    {
        0 => double.Epsilon,
        { } given => Math.Clamp(given, -double.MaxValue, double.MaxValue),
        _ => null,
    };
}
