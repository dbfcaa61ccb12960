namespace ConnectorDb.Core.Polling.Configuration;

/// <summary>One destination as it is described.</summary>
/// <param name="Place">Where to: an address, a file, the key of a bucket.</param>
/// <param name="Folder">Where paths begin.</param>
internal sealed record SinkDescription(string Place, PlacedMembers Members, SecretReader Secrets, string Folder)
{
    public string PlaceAsPath => Path.GetFullPath(Place, Folder);

    public long? MaxBytes => Members.Whole("maxBytes", 1, long.MaxValue);

    public bool Is(string name) => Members.Flag(name) ?? false;

    public SecretText? Secret(string name) => Secrets.Read(Members, name);

    public SecretText RequiredSecret(string name)
    {
        Members.Demand(name);
        return Secret(name) ?? new SecretText("");
    }
}
