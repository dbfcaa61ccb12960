namespace ConnectorDb.Core.Sinks.Http;

/// <summary>Validates the address of a server.</summary>
internal static class ServerAddress
{
    /// <exception cref="InvalidValueException">The address is invalid or contains a password. The message does not contain the password.</exception>
    public static Uri Parse(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
        {
            throw new InvalidValueException($"'{url}' is not the address of a server. Use an address such as 'https://example.org'.", url);
        }

        if (address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            throw new InvalidValueException($"The address of '{address.Host}' contains a query, which would be ignored. Use the other parameters for its values.", address.Host);
        }

        return address.UserInfo.Length == 0
            ? address
            : throw new InvalidValueException($"The address of '{address.Host}' contains a password that everybody can see. Set the user name and password separately.", address.Host);
    }
}
