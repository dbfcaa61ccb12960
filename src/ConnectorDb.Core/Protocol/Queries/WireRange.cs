namespace ConnectorDb.Core.Protocol.Queries;

/// <summary>
/// The range of a query as the wire has it, where 0 means "not set": a zero that is meant is written as the number next to
/// it that means the same, so that an empty slice and a time of 0 can be asked for.
/// </summary>
internal readonly record struct WireRange(long? I1, long? I2, double? T1, double? T2, long? Limit)
{
    /// <summary>Where nothing lies.</summary>
    private static readonly WireRange s_nothing = new(null, null, null, -double.MaxValue, null);

    /// <summary>The range as it is to be written.</summary>
    public static WireRange Of(DataQuery query) => query.Limit is 0 || query.I2 is 0
        ? s_nothing
        : new(query.I1 is 0 ? null : query.I1, query.I2, Time(query.T1), Time(query.T2), query.Limit);

    /// <summary>The query with the range as it was read.</summary>
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
