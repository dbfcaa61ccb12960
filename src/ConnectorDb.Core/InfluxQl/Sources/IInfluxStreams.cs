using ConnectorDb.Columns;
using ConnectorDb.Core.Influx;

namespace ConnectorDb.Core.InfluxQl.Sources;

/// <summary>The streams with fields of databases, as a login may read them.</summary>
internal interface IInfluxStreams
{
    /// <summary>The names of the databases, each once, in the order in which they were created.</summary>
    IReadOnlyList<string> ListDatabases();

    bool HasDatabase(string name);

    /// <summary>Keeps a database without points. Does nothing if the login may not, because a database is there from its first point on in any case.</summary>
    /// <exception cref="InfluxQueryException">The name is not valid.</exception>
    void CreateDatabase(string name);

    /// <summary>Deletes all streams with the label of a database or of one of its retention policies.</summary>
    void DropDatabase(IReadOnlyList<string> labels);

    /// <summary>The retention policies of a database, which need not exist; the first one is always there.</summary>
    IReadOnlyList<RetentionPolicy> PoliciesOf(string database);

    /// <summary>Creates retention policies, or changes them.</summary>
    void Keep(IReadOnlyList<RetentionPolicy> policies);

    /// <summary>Deletes streams, all or none.</summary>
    void Delete(IReadOnlyList<CdbPath> streams);

    /// <summary>Deletes the points of streams in a range, and streams without other points, all or none.</summary>
    void Delete(IReadOnlyList<CdbPath> streams, TimeRange range);

    /// <summary>The streams with a label of a database.</summary>
    /// <param name="label">The label of a retention policy.</param>
    /// <param name="measurement">Null for all measurements.</param>
    IReadOnlyList<InfluxStream> Find(string label, string? measurement);

    /// <summary>The values of a stream after a time up to another, in unix seconds.</summary>
    /// <param name="most">The maximum number, from the start, or from the end if it is negative; null for all.</param>
    IEnumerable<Block> Read(CdbPath stream, double after, double to, long? most);

    /// <summary>The values of a stream after a time up to another, summarized in columns of a length from an origin on, in whole seconds.</summary>
    IReadOnlyList<StreamSummary> Summarize(CdbPath stream, double after, double to, long length, long origin);

    /// <summary>The newest value; null when there is none.</summary>
    DataValue? FindNewest(CdbPath stream);
}
