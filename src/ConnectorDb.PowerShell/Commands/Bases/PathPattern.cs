namespace ConnectorDb.PowerShell.Commands.Bases;

/// <summary>A path with wildcards, completed with the user and device of the connection.</summary>
internal sealed record PathPattern(string User, string Device, string Stream)
{
    /// <exception cref="InvalidNameException">The path has too many parts for its kind, or lacks a name.</exception>
    public static PathPattern Resolve(string text, CdbPathKind kind, CdbPath self)
    {
        string[] given = text.Split('/');
        int missing = (int)kind + 1 - given.Length;
        if (missing < 0)
        {
            throw new InvalidNameException(text, "path", $"it has too many parts for a {kind.ToString().ToLowerInvariant()}");
        }

        // Where nobody is logged in, a pattern is searched for in all that is public.
        if (missing > 0 && self.Device is null && !WildcardSearch.HasWildcard(text))
        {
            throw new InvalidNameException(text, "path", "you are not logged in; give the complete path, starting with the user");
        }

        CdbPath.CheckNames(text, kind);
        string[] owners = self.Device is null ? ["*", "*"] : [self.User, self.Device];
        string[] parts = [.. owners.Take(missing), .. given];
        return new PathPattern(parts[0], parts.ElementAtOrDefault(1) ?? "", parts.ElementAtOrDefault(2) ?? "");
    }
}
