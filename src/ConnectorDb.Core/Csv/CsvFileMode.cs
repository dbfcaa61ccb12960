namespace ConnectorDb.Core.Csv;

/// <summary>The handling of an existing file. By default, it is replaced.</summary>
public sealed record CsvFileMode
{
    public bool Append { get; init; }

    /// <summary>Refuses to replace the file.</summary>
    public bool NoClobber { get; init; }

    /// <summary>Replaces a read-only file; appends rows although the columns of the file are others.</summary>
    public bool Force { get; init; }
}
