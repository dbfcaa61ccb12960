using System.Text.RegularExpressions;

namespace ConnectorDb.Sinks;

/// <summary>Refuses an address where a kind of sink takes a name, a key or a file, and the reverse. Data and keys would go to another place.</summary>
internal sealed partial class AddressCheck(SinkKind kind)
{
    /// <summary>The name of properties with the address of a server.</summary>
    public const string Url = nameof(InfluxDbSettings.Url);

    // Its default address is public, so a key that is an address is probably meant as the address.
    private bool HasUrl => kind.Parameters.Any(parameter => parameter.Name == Url);

    /// <exception cref="InvalidValueException">The value of a parameter is an address by mistake.</exception>
    public void DemandValues(IReadOnlyDictionary<string, object?> values)
    {
        foreach (SinkParameter parameter in kind.Parameters.Where(parameter => parameter.Name != Url))
        {
            string? text = values.GetValueOrDefault(parameter.Name) switch
            {
                string given => given,
                SecretText secret => secret.Reveal(),
                _ => null,
            };
            if (IsWeb(text))
            {
                string what = parameter.Type == typeof(SecretText) ? $"The value of -{parameter.Name}" : $"'{Plain(text!)}'";
                throw new InvalidValueException($"{what} is the address of a server and cannot be the value of -{parameter.Name}. {Advice("KEY", parameter.Type == typeof(SecretText) ? "ADDRESS" : Plain(text!))}", parameter.Name);
            }
        }
    }

    /// <param name="target">The target as the user wrote it.</param>
    /// <exception cref="InvalidValueException">The target is an address by mistake, or should be one.</exception>
    public void DemandTarget(string target)
    {
        if (kind.TargetForm == SinkTargetForm.Text && !kind.IsTargetAddress && IsWeb(target))
        {
            throw new InvalidValueException($"'{Plain(target)}' is the address of a server, but -{kind.Name} takes another value: {kind.TargetDescription} {Advice("KEY", Plain(target))}", kind.Name);
        }

        if (kind.TargetForm == SinkTargetForm.File && target.Contains("://", StringComparison.Ordinal))
        {
            throw new InvalidValueException($"'{Plain(target)}' is an address, but -{kind.Name} takes the path of a file.", kind.Name);
        }

        if (kind.TargetForm == SinkTargetForm.AddressOrFile && HostAndPort().IsMatch(target))
        {
            throw new InvalidValueException($"'{target}' is a host with a port and no file. For a server, begin with the scheme: New-CdbSink -{kind.Name} http://{target}", kind.Name);
        }
    }

    private string Advice(string key, string address)
        => kind.IsTargetAddress || kind.TargetForm == SinkTargetForm.AddressOrFile ? $"The address belongs to -{kind.Name}: New-CdbSink -{kind.Name} {address}"
            : HasUrl ? $"The address belongs to -{Url}: New-CdbSink -{kind.Name} {key} -{Url} {address}"
            : "";

    private static bool IsWeb(string? text)
        => text is not null && (text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase));

    /// <summary>The address without a login or a query, which may contain secrets.</summary>
    private static string Plain(string address)
        => Uri.TryCreate(address, UriKind.Absolute, out Uri? parsed) ? parsed.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/') : "http://…";

    // A drive of Windows is one letter.
    [GeneratedRegex(@"^[\w.-]{2,}:\d{1,5}$")]
    private static partial Regex HostAndPort();
}
