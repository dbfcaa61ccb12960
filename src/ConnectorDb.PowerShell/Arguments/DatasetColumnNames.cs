namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Names columns after their streams: as short as tells them from the columns of other streams.</summary>
internal static class DatasetColumnNames
{
    private const int MostParts = 3;

    /// <summary>The columns, all of them with a name.</summary>
    public static DatasetColumn[] Complete(IReadOnlyList<DatasetColumn> columns)
    {
        CdbPath[] streams = [.. columns.Where(column => column.Name.Length == 0).Select(StreamOf).Distinct()];
        return [.. columns.Select(column => column.Name.Length > 0 ? column : column with { Name = NameOf(StreamOf(column), streams) })];
    }

    private static string NameOf(CdbPath stream, CdbPath[] streams)
    {
        for (int parts = 1; parts <= MostParts; parts++)
        {
            string name = End(stream, parts);
            if (!streams.Any(other => other != stream && name.Equals(End(other, parts), StringComparison.OrdinalIgnoreCase)))
            {
                return name;
            }
        }

        return stream.ToString();
    }

    private static CdbPath StreamOf(DatasetColumn column) => column.Sources[0].Stream;

    /// <summary>The name of the stream, with that of the device, or also that of the user.</summary>
    private static string End(CdbPath stream, int parts) => string.Join('/', stream.ToStream().ToString().Split('/')[^parts..]);
}
