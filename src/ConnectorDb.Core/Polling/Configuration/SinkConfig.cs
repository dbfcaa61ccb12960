namespace ConnectorDb.Core.Polling.Configuration;

/// <summary>The configuration of one sink.</summary>
/// <param name="Target">The target of the sink: an address, a file, or the key of a bucket.</param>
/// <param name="Folder">The base of relative paths.</param>
internal sealed record SinkConfig(string Target, ObjectReader Members, SecretReader Secrets, string Folder)
{
    public string TargetAsPath => Path.GetFullPath(Target, Folder);

    public long? MaxBytes => Members.Whole("maxBytes", 1, long.MaxValue);

    public bool Is(string name) => Members.Flag(name) ?? false;

    public SecretText? Secret(string name) => Secrets.Read(Members, name);

    public SecretText RequiredSecret(string name)
    {
        Members.Require(name);
        return Secret(name) ?? new SecretText("");
    }
}
