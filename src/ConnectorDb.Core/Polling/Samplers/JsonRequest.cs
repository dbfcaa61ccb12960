using System.Text;
using System.Text.Json;

namespace ConnectorDb.Core.Polling.Samplers;

/// <summary>
/// The request of <see cref="JsonSampler"/>: <c>ADDRESS | POINTER</c>, or a JSON object with <c>url</c>, <c>path</c>, <c>method</c>,
/// <c>headers</c> and <c>body</c>. A header is a text, <c>{"env": NAME}</c> or <c>{"file": PATH}</c>; the last two are read for each request. A body that is a text is sent as it is.
/// </summary>
internal sealed class JsonRequest
{
    private static readonly string[] s_members = ["url", "path", "method", "headers", "body"];
    private readonly Uri _address;
    private readonly HttpMethod _method;
    private readonly DataObject _headers;
    private readonly DataValue? _body;

    /// <exception cref="InvalidValueException">The text is not a request.</exception>
    public JsonRequest(string argument)
    {
        DataObject parts = argument.TrimStart().StartsWith('{') ? Object(argument) : Short(argument);
        if (parts.Members.ToArray().FirstOrDefault(member => !s_members.Contains(member.Key)) is { Key: { } unknown })
        {
            throw new InvalidValueException($"A request of http.json has no member '{unknown}', but only {string.Join(", ", s_members)}.", unknown);
        }

        string address = Text(parts, "url") ?? throw new InvalidValueException("A request of http.json needs the member url, an address such as 'https://example.org/status'.", argument);
        _address = Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https"
            ? uri!
            : throw new InvalidValueException($"'{TextValue.Shorten(address)}' is not a web address. Use one such as 'https://example.org/status'.", address);
        Pointer = Text(parts, "path") ?? "";
        if (Pointer.Length > 0 && Pointer[0] != '/')
        {
            throw new InvalidValueException($"'{Pointer}' is not a JSON Pointer, which begins with '/': '/main/temp' is the member temp of the member main, '/items/0' the first of items.", Pointer);
        }

        _body = parts.TryGetValue("body", out DataValue body) ? body : null;
        _method = new HttpMethod((Text(parts, "method") ?? (_body is null ? "GET" : "POST")).ToUpperInvariant());
        _headers = !parts.TryGetValue("headers", out DataValue headers) ? new DataObject()
            : headers.Kind == DataKind.Object ? headers.AsObject()
            : throw new InvalidValueException("The member headers of a request is an object, such as {\"Accept\": \"application/json\"}.", argument);
        using HttpRequestMessage first = Create(value => value.Kind == DataKind.Text ? value.AsText() : "");
    }

    /// <summary>The place of the value in the answer (RFC 6901); empty for all of it.</summary>
    public string Pointer { get; }

    /// <summary>The address for messages: without user, query and fragment, which may hold keys.</summary>
    public string Place => _address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    /// <summary>A message to send.</summary>
    /// <exception cref="IOException">The file of a header cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file of a header may not be read.</exception>
    public HttpRequestMessage Create() => Create(SecretSource.Read);

    private HttpRequestMessage Create(Func<DataValue, string> read)
    {
        HttpRequestMessage message = new(_method, _address);
        if (_body is { } body)
        {
            message.Content = new StringContent(body.Kind == DataKind.Text ? body.AsText() : body.ToJson(), Encoding.UTF8, "application/json");
        }

        foreach ((string name, DataValue value) in _headers)
        {
            if (!SecretSource.IsSecret(value))
            {
                throw new InvalidValueException($"The header '{name}' is neither a text nor {{\"env\": NAME}} nor {{\"file\": PATH}}.", name);
            }

            if (!IsAdded(message, name, read(value)))
            {
                throw new InvalidValueException($"'{name}' cannot be a header of a request.", name);
            }
        }

        return message;
    }

    /// <summary>Headers of the body, such as its type, replace those that it has.</summary>
    private static bool IsAdded(HttpRequestMessage message, string name, string value)
    {
        try
        {
            return message.Headers.TryAddWithoutValidation(name, value)
                || (message.Content is { } content && (content.Headers.Remove(name) | true) && content.Headers.TryAddWithoutValidation(name, value));
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static DataObject Short(string argument) => argument.Split('|', 2, StringSplitOptions.TrimEntries) switch
    {
        [var address, var pointer] => new DataObject(KeyValuePair.Create("url", DataValue.From(address)), KeyValuePair.Create("path", DataValue.From(pointer))),
        _ => new DataObject(KeyValuePair.Create("url", DataValue.From(argument.Trim()))),
    };

    private static DataObject Object(string argument)
    {
        try
        {
            return DataValue.Parse(argument).AsObject();
        }
        catch (JsonException error)
        {
            throw new InvalidValueException($"The request of http.json is not a JSON object: {error.Message}", argument);
        }
    }

    private static string? Text(DataObject parts, string name)
        => !parts.TryGetValue(name, out DataValue value) ? null
            : value.Kind == DataKind.Text ? value.AsText()
            : throw new InvalidValueException($"The member {name} of a request of http.json is a text, not {value.ToJson()}.", name);
}
