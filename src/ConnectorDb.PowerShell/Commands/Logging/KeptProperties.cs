namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>The properties in the declaration of a stream that its destination has otherwise, and keeps.</summary>
internal static class KeptProperties
{
    /// <param name="location">The destination.</param>
    /// <param name="address">The arguments of Connect-Cdb for the destination.</param>
    /// <returns>The warning, with the command that changes the stream; null if nothing differs.</returns>
    public static string? Warning(StreamDefinition declared, CdbStream stream, string location, string address)
    {
        (string Name, string? Declared, string? Kept)[] others =
        [
            .. new[]
            {
                (nameof(CdbStream.Nickname), declared.Nickname, stream.Nickname),
                (nameof(CdbStream.Description), declared.Description, stream.Description),
                (nameof(CdbStream.Datatype), declared.Datatype, stream.Datatype),
            }.Where(each => !string.IsNullOrEmpty(each.Item2) && each.Item2 != each.Item3),
        ];
        if (others.Length == 0)
        {
            return null;
        }

        string kept = string.Join(" and ", others.Select(each => $"{(string.IsNullOrEmpty(each.Kept) ? "no" : "another")} {each.Name.ToLowerInvariant()}{(string.IsNullOrEmpty(each.Kept) ? "" : $" ('{each.Kept}')")}"));
        string change = string.Concat(others.Select(each => $" -{each.Name} '{each.Declared!.Replace("'", "''", StringComparison.Ordinal)}'"));
        return $"The stream '{stream.Path}' of {location} has {kept}, and stays as it is. To change it: Set-CdbStream {stream.Path}{change} -Connection (Connect-Cdb {address} -NoDefault).";
    }
}
