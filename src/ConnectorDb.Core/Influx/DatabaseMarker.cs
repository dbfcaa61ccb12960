using System.Security.Cryptography;
using System.Text;

namespace ConnectorDb.Core.Influx;

/// <summary>The stream without datapoints that keeps a database of clients of InfluxDB until its first point.</summary>
internal static class DatabaseMarker
{
    private const int HashLength = 10;

    /// <summary>The name of the stream.</summary>
    public static string NameOf(string database)
        => $"influx_database-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(database)))[..HashLength]}";

    public static StreamDefinition Of(string database) => new()
    {
        Description = $"Keeps the database {database} of clients of InfluxDB while it has no points. DROP DATABASE deletes it.",
        Labels = new LabelSet([KeyValuePair.Create(FieldKey.DatabaseLabel, database)]),
    };

    public static StreamDefinition Of(RetentionPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return new StreamDefinition
        {
            Description = $"Keeps the retention policy {policy.Name} of the database {policy.Database} of clients of InfluxDB. DROP RETENTION POLICY and DROP DATABASE delete it.",
            Labels = policy.Labels,
        };
    }
}
