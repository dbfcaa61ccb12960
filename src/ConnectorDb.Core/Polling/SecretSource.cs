namespace ConnectorDb.Core.Polling;

/// <summary>A secret in the argument of a sampler: a text, <c>{"env": NAME}</c> or <c>{"file": PATH}</c>. The last two are read for each use.</summary>
internal static class SecretSource
{
    public static bool IsSecret(DataValue value) => value.Kind == DataKind.Text || Place(value) is not null;

    /// <exception cref="IOException">The file cannot be read, or the environment variable is not set.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static string Read(DataValue value)
    {
        if (value.Kind == DataKind.Text)
        {
            return value.AsText();
        }

        (bool isFile, string name) = Place(value)!.Value;
        return isFile ? File.ReadAllText(name).TrimEnd('\r', '\n')
            : Environment.GetEnvironmentVariable(name) ?? throw new IOException($"The environment variable '{name}' is not set.");
    }

    /// <summary>The file or variable; null for anything else.</summary>
    private static (bool IsFile, string Name)? Place(DataValue value)
        => value.Kind == DataKind.Object && value.AsObject().Members is [var (kind, name)] && kind is "env" or "file" && name.Kind == DataKind.Text
            ? (kind == "file", name.AsText())
            : null;
}
