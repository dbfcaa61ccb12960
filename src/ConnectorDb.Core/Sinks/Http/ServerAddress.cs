namespace ConnectorDb.Core.Sinks.Http;

/// <summary>The address of a server that things are sent to.</summary>
internal static class ServerAddress
{
    /// <exception cref="InvalidValueException">It is none, or has a login in it, which is not repeated.</exception>
    public static Uri Parse(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
        {
            throw new InvalidValueException($"'{url}' is not the address of a server. Give one such as 'https://example.org'.", url);
        }

        return address.UserInfo.Length == 0
            ? address
            : throw new InvalidValueException($"The address of '{address.Host}' has a login in it, where everybody sees it. Give user name and password by themselves.", address.Host);
    }
}
